"""Owns facts, three-valued expressions, rules, packs, assessments and their explanations.

Pure: reads pack files and nothing else; no clock, no network, no Django. Knows no jurisdiction by name.
"""
