"""Owns the ways out, one folder each. Never reads a mutable alert."""
