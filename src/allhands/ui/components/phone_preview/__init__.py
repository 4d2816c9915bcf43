"""A text as a phone shows it: wrapped where it will wrap, with what it counts and whether it leaves at all."""
