"""Owns the tests of the WEA codec."""
