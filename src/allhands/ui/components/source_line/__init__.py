"""Where a rule stands, how we read it, and when; the same everywhere, also on paper."""
