"""One fact: the value first, then who said so, when, and how sure."""
