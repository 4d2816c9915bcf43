"""A program that reports children and does not give up: the same key again until somebody answers.

It runs in a process of its own, forked from a warm one, and keeps what it was told outside of the database.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any

import django
from django.apps import apps

if not apps.ready:  # in the fork server
    django.setup()

from django.db import InterfaceError, OperationalError, connections

from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report
from allhands.kernel.actors import Actor

_PAUSE_SECONDS = 0.05


def report_on_request(database: Mapping[str, Any], actor: Actor, wire: Connection) -> None:
    """For each key that comes in, report a child until it is accepted; then send back the key and the episode.

    An empty key ends it.
    """
    connections["default"].settings_dict.update(database)
    while key := wire.recv():
        wire.send((key, _report(actor, key)))
    connections.close_all()


def _report(actor: Actor, key: str) -> str:
    while True:
        try:
            return str(episodes.report_missing(actor, report(f"Maya {key}", key=key), NOW).episode_id)
        except (OperationalError, InterfaceError):  # the database is gone, perhaps in the middle of the commit
            connections.close_all()
            time.sleep(_PAUSE_SECONDS)
