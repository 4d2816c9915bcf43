"""Owns the journal: append-only, hash-chained per episode."""
