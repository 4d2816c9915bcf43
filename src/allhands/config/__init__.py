"""Owns settings, urls, asgi and system checks."""
