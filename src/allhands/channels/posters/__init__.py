"""Owns paper: posters in three sizes and both languages, drawn by typst, and the mark on copies that are over."""
