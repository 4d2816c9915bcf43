"""One thing that happened, told in a sentence; a correction shows old and new."""
