"""Owns counts of tries: how often somebody tried from one address. One table that all processes share."""
