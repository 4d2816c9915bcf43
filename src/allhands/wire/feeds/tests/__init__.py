"""Owns the tests of the feed codec."""
