"""The journal keeps what it was told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.audit.models import Journal

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_action_and_entry_share_one_fate() -> None:
    with audit.audited(SYSTEM, NOW, audit.Event.EPISODE_OPENED, episode_id="e1") as entry:
        entry.subject_id = "c1"
    kept = Journal.objects.get()
    assert (kept.chain, kept.seq, kept.event, kept.subject_id) == ("e1", 1, 420, "c1")
    assert audit.verify_all() == []
