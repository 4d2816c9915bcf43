"""Owns how a rule is written by people who do not program: forms, conditions, findings, comparison. Pure."""
