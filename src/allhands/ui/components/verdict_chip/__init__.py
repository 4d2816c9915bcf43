"""Does a definition or criterion hold? Three words without red or green, and why, in place."""
