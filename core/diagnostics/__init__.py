"""Diagnostics of teachers: questionnaires, tests and remarks; deficits, and where they stand beside pupils' gaps."""
