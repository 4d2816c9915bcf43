"""Owns the codecs, one folder each. Pure: bytes in, values and findings out."""
