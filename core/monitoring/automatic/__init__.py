"""Indicators that the program counts from its own records, each with the records behind it."""
