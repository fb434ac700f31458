"""Simulated trainings in bulk, to see how pages and commands bear a national load. Never real people."""
