"""Pages of the duties slice: board, duties owed, one duty with its proof, packets."""
