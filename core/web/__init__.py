"""The HTTP server's own rules: who is admitted, headers, the Russian frame page. Plain ASGI, no streamlit."""
