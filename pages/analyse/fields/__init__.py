"""Parts of the screen «Проблемные поля»."""
