"""Parts of the screen «Муниципалитет»."""
