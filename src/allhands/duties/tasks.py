"""Jobs of the duties slice: ids only, safe to run twice."""
