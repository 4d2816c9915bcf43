"""The child on every page of the episode: name, time missing, tier, owner, next clock."""
