"""Owns the compiled form of a library: a JSON file that opens in a fraction of the time that the packs' YAML takes."""
