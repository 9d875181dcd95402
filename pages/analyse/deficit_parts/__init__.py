"""Parts of the screen «Профессиональные дефициты»."""
