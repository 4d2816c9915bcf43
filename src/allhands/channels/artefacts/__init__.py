"""Owns what artefacts of every way share: their words, their marks, how they are measured. Pure."""
