"""Altair figures: a table in, a chart out."""
