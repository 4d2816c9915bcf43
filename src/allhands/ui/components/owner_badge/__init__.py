"""Who owns the episode; never empty, and an offer never looks accepted."""
