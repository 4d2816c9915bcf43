"""Owns facts, three-valued expressions, rules, packs, assess and explain. Pure: never sees Django, a clock, or any I/O but pack files."""
