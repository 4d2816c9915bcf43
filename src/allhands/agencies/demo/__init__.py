"""Owns the invented county of the demo world: its agencies, its people, its door. Absent from every other world."""
