"""Addressed recommendations: what they stand on, to whom they go, what was answered and what came of it."""
