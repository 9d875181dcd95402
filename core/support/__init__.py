"""Methodical help: mentorship, courses, individual routes, self-education, visits and help requests."""
