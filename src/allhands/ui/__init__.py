"""Owns page frames, components, the gallery and the words for times. Never queries, decides or sends."""
