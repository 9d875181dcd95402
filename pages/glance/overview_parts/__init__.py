"""Parts of the screen «Обзор»."""
