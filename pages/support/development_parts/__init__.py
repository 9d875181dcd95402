"""Parts of the screen «Повышение квалификации»."""
