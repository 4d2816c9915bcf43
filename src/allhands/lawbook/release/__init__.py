"""Owns the form of a release: one signed, canonical archive of one version of one pack. Pure."""
