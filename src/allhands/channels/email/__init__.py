"""Owns the way out by e-mail: composing, the mail server, bounces. Never carries anything above class P1."""
