"""The same use cases without a browser: python -m core ..."""
