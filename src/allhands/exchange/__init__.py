"""Owns the API, imports and exports. Never bypasses the door."""
