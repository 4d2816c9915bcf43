"""Owns the story of the demo world: invented children whose reports went through the same actions as anybody's."""
