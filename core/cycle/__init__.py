"""The management cycle: models of organisations, how far each stage is, what is missing."""
