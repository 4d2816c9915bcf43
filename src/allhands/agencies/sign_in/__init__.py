"""Owns who is signed in, which hat they wear, and what allauth is told about our house."""
