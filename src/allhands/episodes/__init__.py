"""Owns child, report, statements of fact, episode, owner, hand-off and timeline. Never computes law itself."""
