"""Owns the door: who may do what to which record, and why. Never knows what an alert or a plan is."""
