"""Owns ids, actors, errors, findings and instants. Pure and tiny."""
