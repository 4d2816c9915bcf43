"""Owns the small typed tree that rules are written in: judging, explaining, and what would settle it."""
