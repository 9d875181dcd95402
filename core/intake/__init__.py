"""A file -> recognised layout -> checked works -> stored upload (or nothing stored)."""
