"""Owns facts: their declarations, the reading of what people stated, and what to say when it cannot be."""
