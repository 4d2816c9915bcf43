"""Owns web push to people who asked for it: a payload that names nobody, the client, the allow-list of services."""
