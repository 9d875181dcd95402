"""Parts of the screen «Результаты работ»."""
