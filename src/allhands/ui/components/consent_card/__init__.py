"""One release on one card: what, to whom, for what, until when, in which words; three equal answers."""
