"""Owns the tests of the PFIF codec."""
