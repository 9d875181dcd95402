"""Experience that answers problem fields and deficits: practices, their discussion and spreading, subject clubs."""
