"""Owns the operator's page: what needs a person, channels, jobs. Shows ids and codes only."""
