"""All tables of the room."""
