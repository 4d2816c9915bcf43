"""Figures as the measurements print them."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long something took, in milliseconds."""

    count: int
    p50: float
    p95: float
    p99: float
    highest: float

    def __str__(self) -> str:
        return f"p50 {self.p50:8.2f}   p95 {self.p95:8.2f}   p99 {self.p99:8.2f}   max {self.highest:8.2f} ms"


def spread(seconds: Sequence[float]) -> Spread:
    """The nearest-rank percentiles: each is a time that was really measured."""
    ordered = sorted(seconds)

    def rank(part: float) -> float:
        return ordered[max(0, math.ceil(part * len(ordered)) - 1)] * 1e3

    return Spread(count=len(ordered), p50=rank(0.5), p95=rank(0.95), p99=rank(0.99), highest=ordered[-1] * 1e3)


def verdict(measured: float, budget: float, unit: str) -> str:
    """Whether the budget is kept, in words that cannot be misread."""
    return f"{'within' if measured < budget else 'OVER'} the budget of {budget:g} {unit}"


def machine() -> str:
    """Where and when this was measured, and how busy the machine was with other things."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}, "
        f"load before {os.getloadavg()[0]:.1f}"
    )
