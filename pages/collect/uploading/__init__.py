"""Parts of the screen «Загрузка результатов»."""
