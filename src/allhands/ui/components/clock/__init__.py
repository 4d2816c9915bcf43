"""How much time one deadline leaves, in words that stay true by the minute."""
