"""Owns the book of the law: reading it, drafting a pack, publishing it, and what changes for whom."""
