"""Rules for every test of the house."""

from __future__ import annotations

pytest_plugins = ["allhands.platform.testing.plugin"]
