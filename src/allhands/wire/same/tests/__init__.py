"""Owns the tests of the SAME codec."""
