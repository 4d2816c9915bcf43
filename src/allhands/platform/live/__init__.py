"""Owns the live feed: topics that changed, told to open pages. Never carries data."""
