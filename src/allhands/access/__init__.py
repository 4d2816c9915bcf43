"""Owns the door: who may do what, and the journal of refusals. Never knows what an alert or a plan is."""
