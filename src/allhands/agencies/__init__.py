"""Owns agencies, members, roles, areas served, contact routes, agreements. Never decides who may see a child's file."""
