"""The operator's page as the template reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allhands.platform.jobs.api import StuckJob
from allhands.platform.operations.api import AskLine, ChannelLine


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One stuck job."""

    job_id: int
    task: str
    ids: str
    words: str
    since: str
    since_iso: str
    can_decide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """The whole page. `worker` and `queue` are sentences."""

    asks: tuple[AskLine, ...]
    stopped: tuple[JobRow, ...]
    waiting: tuple[JobRow, ...]
    channels: tuple[tuple[str, str, str], ...]
    worker: str
    is_worker_silent: bool
    queue: str
    backup: str


_SILENCE = timedelta(seconds=60)


def present(
    *,
    now: datetime,
    jobs: tuple[StuckJob, ...],
    counts: dict[str, int],
    beat: datetime | None,
    channels: tuple[ChannelLine, ...],
    asks: tuple[AskLine, ...],
    backup_at: datetime | None,
) -> Operations:
    """What the operator sees: things that need a person first."""
    rows = [_row(job) for job in jobs]
    is_silent = beat is None or now - beat > _SILENCE
    return Operations(
        asks=asks,
        stopped=tuple(row for row in rows if row.can_decide),
        waiting=tuple(row for row in rows if not row.can_decide),
        channels=tuple((line.name, line.state, _channel_words(line)) for line in channels),
        worker=_worker_words(is_silent),
        is_worker_silent=is_silent,
        queue=_("%(todo)s waiting, %(doing)s at work, %(failed)s stopped") % counts,
        backup=_backup_words(backup_at),
    )


def _worker_words(is_silent: bool) -> str:
    if is_silent:
        return _("No worker has been heard of for a minute. Start one: allhands worker.")
    return _("A worker is at work.")


def _backup_words(backup_at: datetime | None) -> str:
    if backup_at is None:
        return _("No backup has been made yet.")
    return _("Last backup made %(when)s.") % {"when": _moment(backup_at)}


def _row(job: StuckJob) -> JobRow:
    return JobRow(
        job_id=job.job_id,
        task=job.task.removeprefix("allhands."),
        ids=", ".join(f"{name} {value}" for name, value in sorted(job.ids.items())),
        words=_state_words(job),
        since=_moment(job.since),
        since_iso=job.since.isoformat(),
        can_decide=job.state == "failed",
    )


def _state_words(job: StuckJob) -> str:
    if job.state == "late":
        return _("Nobody has taken it. Is a worker running?")
    tries = ngettext("%(count)s try", "%(count)s tries", job.attempts) % {"count": job.attempts}
    kind = job.kind or _("cause not kept")
    if job.state == "retrying":
        when = _moment(job.next_at) if job.next_at else _("soon")
        return _("%(tries)s in vain (%(kind)s). Next try %(when)s.") % {"tries": tries, "kind": kind, "when": when}
    return _("Stopped after %(tries)s (%(kind)s).") % {"tries": tries, "kind": kind}


def _channel_words(line: ChannelLine) -> str:
    words = {
        "works": _("works"),
        "not-tested": _("not tested yet"),
        "test-failed": _("test failed"),
        "not-configured": _("not configured"),
        "simulated": _("simulated"),
    }
    tested = f", {_moment(line.tested_at)}" if line.tested_at else ""
    return words.get(line.state, line.state) + tested


def _moment(instant: datetime) -> str:
    return date_format(localtime(instant), "DATETIME_FORMAT")
