"""Spreadsheets in (read in a limited child process) and out (one writer)."""
