"""Diagnostics of teachers: questionnaires, tests and remarks, what is hard for whom, and deficits beside pupils' gaps."""
