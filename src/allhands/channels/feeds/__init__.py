"""Owns the public lists: Atom, JSON Feed and CAP, cacheable, with nothing left of an alert that has ended."""
