"""Where what was typed is kept, and since when."""
