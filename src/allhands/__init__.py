"""Allhands: one shared response for a missing child."""
