"""Pages of the episodes slice: report, call, episode, hand-off."""
