"""A page between two pages: heading, text, go on, go back; no form inside."""
