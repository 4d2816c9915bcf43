"""Commands of the door, one function each."""
