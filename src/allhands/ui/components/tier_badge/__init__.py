"""How urgent the response is, always with its because; no red, and nothing below T3."""
