"""Owns the duty ledger, notices, evidence and escalation. Never sends bytes itself."""
