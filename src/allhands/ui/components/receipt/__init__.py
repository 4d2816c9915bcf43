"""It arrived: the code, what happens next, where to ask."""
