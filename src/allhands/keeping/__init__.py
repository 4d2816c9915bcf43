"""Owns keeping and forgetting: orders of courts to seal, open or expunge, legal holds, how long records are kept."""
