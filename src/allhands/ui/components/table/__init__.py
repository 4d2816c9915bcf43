"""The board: one row a child, with owner, time missing, tier, clocks and what is new."""
