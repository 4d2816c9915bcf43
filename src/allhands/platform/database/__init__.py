"""Owns starting, stopping, roles, actor setting, backup and restore of PostgreSQL."""
