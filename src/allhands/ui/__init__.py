"""Owns page frames, components, the gallery and static files. Never queries."""
