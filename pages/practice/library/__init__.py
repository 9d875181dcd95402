"""Parts of the screen «Лучшие практики»: the library."""
