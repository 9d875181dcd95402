"""What the first screen says at a glance: a few numbers with their change, what is urgent, what is new."""
