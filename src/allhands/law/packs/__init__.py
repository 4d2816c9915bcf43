"""Owns pack files: reading them strictly, checking them, and the library they become. Judges no episode."""
