"""Owns agencies, members, roles, areas served, contact routes and agreements. Never decides who may see a child's record."""
