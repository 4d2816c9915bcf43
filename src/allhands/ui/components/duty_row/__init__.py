"""One duty: the bar says proof, the chip says time, the words say who, what and why."""
