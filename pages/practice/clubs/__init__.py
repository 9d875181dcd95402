"""Parts of the screen «Лучшие практики»: clubs and associations."""
