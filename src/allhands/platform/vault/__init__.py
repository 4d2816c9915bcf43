"""Owns encryption at rest: one data key for each record, wrapped by a key that lies elsewhere; destroying one seals."""
