"""Parts of the screen «Дорожные карты»."""
