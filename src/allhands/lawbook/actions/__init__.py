"""Commands of the law book."""
