"""The operator's page as the template reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from allhands.platform.jobs.api import StuckJob
from allhands.platform.operations.api import AskLine, ChannelLine
from allhands.ui.wording import Moment, as_lang, moment

_SILENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page is made of, as other rooms gave it.

    Args:
        counts: jobs by state: todo, doing, failed.
        beat: when a worker was last heard of.
        backup_at: when the last backup was made.
    """

    jobs: tuple[StuckJob, ...]
    counts: dict[str, int]
    beat: datetime | None
    channels: tuple[ChannelLine, ...]
    asks: tuple[AskLine, ...]
    backup_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One stuck job."""

    job_id: int
    task: str
    ids: str
    words: str
    since: Moment
    can_decide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One way out."""

    name: str
    state: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """The whole page. `worker`, `queue` and `backup` are sentences."""

    asks: tuple[AskLine, ...]
    stopped: tuple[JobRow, ...]
    waiting: tuple[JobRow, ...]
    channels: tuple[ChannelRow, ...]
    worker: str
    is_worker_silent: bool
    queue: str
    backup: str


def present(seen: Seen, now: datetime) -> Operations:
    """What the operator sees: things that need a person first."""
    rows = [_row(job, now) for job in seen.jobs]
    is_silent = seen.beat is None or now - seen.beat > _SILENCE
    return Operations(
        asks=seen.asks,
        stopped=tuple(row for row in rows if row.can_decide),
        waiting=tuple(row for row in rows if not row.can_decide),
        channels=tuple(_channel(line, now) for line in seen.channels),
        worker=_worker_words(is_silent),
        is_worker_silent=is_silent,
        queue=_("%(todo)s waiting, %(doing)s at work, %(failed)s stopped") % seen.counts,
        backup=_backup_words(seen.backup_at, now),
    )


def _worker_words(is_silent: bool) -> str:
    if is_silent:
        return _("No worker has been heard of for a minute. Start one: allhands worker.")
    return _("A worker is at work.")


def _backup_words(backup_at: datetime | None, now: datetime) -> str:
    if backup_at is None:
        return _("No backup has been made yet.")
    return _("Last backup made %(when)s.") % {"when": _moment(backup_at, now).words}


def _row(job: StuckJob, now: datetime) -> JobRow:
    return JobRow(
        job_id=job.job_id,
        task=job.task.removeprefix("allhands."),
        ids=", ".join(f"{name} {value}" for name, value in sorted(job.ids.items())),
        words=_state_words(job, now),
        since=_moment(job.since, now),
        can_decide=job.state == "failed",
    )


def _state_words(job: StuckJob, now: datetime) -> str:
    if job.state == "late":
        return _("Nobody has taken it. Is a worker running?")
    tries = ngettext("%(count)s try", "%(count)s tries", job.attempts) % {"count": job.attempts}
    kind = job.kind or _("cause not kept")
    if job.state == "retrying":
        when = _moment(job.next_at, now).words if job.next_at else _("soon")
        return _("%(tries)s in vain (%(kind)s). Next try %(when)s.") % {"tries": tries, "kind": kind, "when": when}
    return _("Stopped after %(tries)s (%(kind)s).") % {"tries": tries, "kind": kind}


def _channel(line: ChannelLine, now: datetime) -> ChannelRow:
    words = {
        "works": _("works"),
        "not-tested": _("not tested yet"),
        "stale": _("worked, but not tested lately"),
        "test-failed": _("test failed"),
        "not-configured": _("not configured"),
        "simulated": _("simulated"),
    }
    tested = f", {_moment(line.tested_at, now).words}" if line.tested_at else ""
    return ChannelRow(name=line.name, state=line.state, words=words[line.state] + tested)


def _moment(instant: datetime, now: datetime) -> Moment:
    return moment(instant, now=now, zone=ZoneInfo(get_current_timezone_name()), lang=as_lang(get_language()))
