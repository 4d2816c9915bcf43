"""Owns who to call and who can act at a place. Keeps nothing of what a stranger typed."""
