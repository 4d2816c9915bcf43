"""Owns agencies, members, roles, jurisdictions, contact routes and agreements. Never decides who may see a child's record."""
