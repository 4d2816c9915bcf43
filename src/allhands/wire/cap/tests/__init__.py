"""Owns the tests of the CAP codec, and alerts made by chance for anyone who needs some."""
