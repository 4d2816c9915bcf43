"""Owns points, areas and place codes. Pure."""
