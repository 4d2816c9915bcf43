"""Turning what a caller says into statements of fact: which question next, which field, which value. Pure."""
