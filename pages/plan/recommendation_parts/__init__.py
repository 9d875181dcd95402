"""Parts of the screen «Рекомендации»."""
