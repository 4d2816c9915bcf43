"""How far the questions are, in words; no bar."""
