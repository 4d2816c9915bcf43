"""A number from the directory: whose, when they answer, when we last checked it."""
