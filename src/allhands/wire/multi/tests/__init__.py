"""Owns the tests of the MULTI codec."""
