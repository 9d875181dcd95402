"""Parts of the screen «Планы работ»."""
