"""Roadmaps: from problem fields to measures with human deadlines, approved by order and minuted in meetings."""
