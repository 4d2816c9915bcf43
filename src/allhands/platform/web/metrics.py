"""Counts and times for Prometheus. No personal data: routes, codes and numbers only."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import MutexValue, ValueClass

REQUESTS = Counter("allhands_requests_total", "Answers given", ["route", "method", "status"])
SECONDS = Histogram("allhands_request_seconds", "Time to answer", ["route"])
FAULTS = Counter("allhands_faults_total", "Answers that failed by our own fault")
DENIALS = Counter("allhands_denials_total", "Requests that access refused", ["code"])
LIVE_CLIENTS = Gauge("allhands_live_clients", "Open live feeds", multiprocess_mode="livesum")


def write(jobs: Mapping[str, int]) -> bytes:
    """The text of `/metrics`: what the processes counted, and the queue as the database has it now.

    Args:
        jobs: number of jobs by state.
    """
    counted = REGISTRY
    if ValueClass is not MutexValue:  # several web processes share a folder of counts
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # the library annotates only in part
    queue = CollectorRegistry()
    gauge = Gauge("allhands_jobs", "Jobs in the queue", ["state"], registry=queue)
    for state, count in jobs.items():
        gauge.labels(state=state).set(count)
    return generate_latest(counted) + generate_latest(queue)
