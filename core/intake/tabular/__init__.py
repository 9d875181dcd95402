"""Reading a table whose rows are participants and whose columns are items, whatever the layout around it."""
