"""Parts of the screen «Заседание»."""
