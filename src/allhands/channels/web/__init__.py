"""Owns the pages of the inbox and of the operator's channels."""
