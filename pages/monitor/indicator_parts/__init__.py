"""Parts of the screen «Показатели»."""
