"""Pages of this slice: the entrance, one's own account, one's own agency, the demo door."""
