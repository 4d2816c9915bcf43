"""Owns middleware, health, metrics, errors and the live feed."""
