"""Parts of the screen «Управленческий цикл»."""
