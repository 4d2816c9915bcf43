"""Owns alerts: request, criteria, content, area, approval, transmission, cancel, subscriptions."""
