"""Owns signs at roads: the MULTI text of each type, the inventory, the queue a sign operator confirms, NTCIP."""
