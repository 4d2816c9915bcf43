"""Owns the Django shell shared by slices. Imports no slice."""
