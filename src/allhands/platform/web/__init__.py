"""Owns middleware, headers, health, metrics and what people see when we fail."""
