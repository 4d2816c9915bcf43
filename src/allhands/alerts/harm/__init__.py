"""Owns the harm check: which words of an alert would hurt the child they are meant to find, and what to say instead."""

from allhands.alerts.harm.check import Finding, Severity, check, find_labels, reword
from allhands.alerts.harm.rules import DEMANDABLE, RULES, Rule

__all__ = ["DEMANDABLE", "RULES", "Finding", "Rule", "Severity", "check", "find_labels", "reword"]
