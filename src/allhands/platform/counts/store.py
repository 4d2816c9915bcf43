"""Django's cache, kept in the table of counts: what counts tries asks the cache, and every process must see one count.

Django's own table cache pickles what it keeps, so that whoever can write to the table runs code in the app, and writes
keys as they are, which hold addresses. This one keeps JSON under a keyed digest.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from allhands.platform.counts.models import Count

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)

# Whoever is first has it; a row whose time is over counts as none.
_ADD = """
INSERT INTO platform_counts_count AS kept (key, value, until) VALUES (%s, %s::jsonb, %s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until WHERE kept.until <= %s
RETURNING 1
"""
_SET = """
INSERT INTO platform_counts_count (key, value, until) VALUES (%s, %s::jsonb, %s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until
"""
# One statement, so that of many at once none is lost. A row whose time is over begins anew.
_TALLY = """
INSERT INTO platform_counts_count AS kept (key, value, until) VALUES (%(key)s, '1', %(until)s)
ON CONFLICT (key) DO UPDATE SET
  value = CASE WHEN kept.until <= %(now)s THEN excluded.value ELSE to_jsonb((kept.value)::bigint + 1) END,
  until = CASE WHEN kept.until <= %(now)s THEN excluded.until ELSE kept.until END
RETURNING (value)::bigint, until
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often something happened in the stretch of time that runs.

    Args:
        seconds_left: whole seconds until it begins anew, at least 1.
    """

    times: int
    seconds_left: int


def tally(key: str, *, seconds: int) -> Tally:
    """Count one more. The first of a stretch begins it; it ends `seconds` later, however many come.

    Outside a transaction: inside one, everybody who is counted under the same key waits for its end.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, {"key": _digest(f"tally {key}"), "until": now + timedelta(seconds=seconds), "now": now})
        times, until = cursor.fetchone()
    return Tally(times=times, seconds_left=max(1, math.ceil((until - now).total_seconds())))


def _digest(key: str) -> str:
    return salted_hmac("allhands.platform.counts", key, algorithm="sha256").hexdigest()


class SharedCounts(BaseCache):
    """The cache backend. For small values that JSON can say."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Whether the key was free and is now taken."""
        with connection.cursor() as cursor:
            now = timezone.now()
            cursor.execute(_ADD, [self._digest(key, version), json.dumps(value), self._until(timeout), now])
            return cursor.fetchone() is not None

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept under the key and not over."""
        rows = Count.objects.filter(pk=self._digest(key, version), until__gt=timezone.now())
        found = list(rows.values_list("value", flat=True))
        return found[0] if found else default

    def set(self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep it."""
        with connection.cursor() as cursor:
            cursor.execute(_SET, [self._digest(key, version), json.dumps(value), self._until(timeout)])

    def delete(self, key: str, version: int | None = None) -> bool:
        """Whether something was kept under the key."""
        return bool(Count.objects.filter(pk=self._digest(key, version)).delete()[0])

    def clear(self) -> None:
        """Forget every count."""
        Count.objects.all().delete()

    def _digest(self, key: str, version: int | None) -> str:
        return _digest(self.make_key(key, version))

    def _until(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return _NEVER if seconds is None else timezone.now() + timedelta(seconds=seconds)


def forget_over(now: datetime) -> int:
    """Remove what is over; how many there were."""
    return Count.objects.filter(until__lte=now).delete()[0]
