"""Parts of the screen «Наставничество»."""
