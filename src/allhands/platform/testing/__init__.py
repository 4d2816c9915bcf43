"""Owns what tests of every slice share: the cast, the page client, the database fixture."""
