"""Owns comparing two descriptions of a person and explaining the score. Pure."""
