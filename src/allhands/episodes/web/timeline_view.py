"""What happened, newest first: things said together stand together, corrections show old and new, nothing is erased."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from allhands.agencies import api as agencies
from allhands.agencies.presenting import Reader
from allhands.duties.presenting import Knowing
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeView, FactLine, TimelineView
from allhands.episodes.web import facts_view
from allhands.ui.components.timeline_item.presenter import TimelineItem

# Lines that stand open; the rest is folded.
MOST_OPEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    open: tuple[TimelineItem, ...]
    more: tuple[TimelineItem, ...]


def timeline(one: EpisodeView, statements: Iterable[FactLine], knowing: Knowing, reader: Reader) -> Timeline:
    """The timeline as this reader may know it."""
    statements = tuple(statements)
    silent = _silent(one, statements, knowing)
    said: dict[str, FactLine] = {line.statement_id: line for line in statements}
    items = [item for item in episodes.list_timeline(one.episode_id) if not _is_machinery(item)]
    lines = (_line(one, list(group), said, knowing, reader) for _key, group in groupby(items, key=_belongs_together))
    made = tuple(_named(line, silent) for line in lines)
    return Timeline(open=made[:MOST_OPEN], more=made[MOST_OPEN:])


def _silent(one: EpisodeView, statements: Iterable[FactLine], knowing: Knowing) -> frozenset[str]:
    """Who speaks for an agency from which the record is walled: that they did something here is that agency's own.

    A line keeps the name of whoever wrote it, not their agency; of two of one name, both are left out.
    """
    lines = tuple(statements)
    unheard = knowing.unheard({*one.party_agency_ids, *(line.agency_id for line in lines if line.agency_id)})
    people = {person.display_name for agency in unheard for person in agencies.list_members(agency)}
    return frozenset(people | {line.recorded_by for line in lines if line.agency_id in unheard})


def _named(line: TimelineItem, silent: Collection[str]) -> TimelineItem:
    return replace(line, by="") if line.by in silent else line


def _is_machinery(item: TimelineView) -> bool:
    """A packet on its way, which its own page tells; not one that was opened, confirmed or lost."""
    return item.code == "notice.status" and item.params.get("state") in episodes.QUIET_STATES


def _belongs_together(item: TimelineView) -> tuple[object, ...]:
    """Facts stated in one go are one line; everything else stands alone."""
    alone = "" if item.code == "fact.stated" else repr(sorted(item.params.items()))
    return (item.at, item.by, item.code, alone)


def _line(
    one: EpisodeView,
    items: Sequence[TimelineView],
    said: Mapping[str, FactLine],
    knowing: Knowing,
    reader: Reader,
) -> TimelineItem:
    first = items[0]
    told = [item for item in items if knowing.sees_news(item)]
    if not told:
        return TimelineItem(title=_("Something was added"), by=first.by, at=reader.moment(first.at), restricted=True)
    href = _link(one, first.params, knowing)
    return TimelineItem(
        title=_title(told, reader),
        by=first.by,
        at=reader.moment(first.at),
        text=_text(told, said, reader),
        was=_was(told, said, reader),
        href=href,
        link_words=_("see") if href else "",
    )


def _title(told: Sequence[TimelineView], reader: Reader) -> str:
    if len(told) == 1:
        return people.timeline_words(told[0], reader.lang)
    facts = ", ".join(people.fact_label(item, reader.lang) for item in told)
    return _("New: %(fact)s") % {"fact": facts}


def _text(told: Sequence[TimelineView], said: Mapping[str, FactLine], reader: Reader) -> str:
    item = told[0]
    if "offer" in item.params:
        return _offer_text(item, reader)
    line = said.get(item.params.get("statement", ""))
    if line is None or len(told) > 1:
        return ""
    return f"{facts_view.value_of(line, reader)} ({line.informant})"


def _was(told: Sequence[TimelineView], said: Mapping[str, FactLine], reader: Reader) -> str:
    line = said.get(told[0].params.get("statement", ""))
    earlier = said.get(line.supersedes) if line is not None and line.supersedes else None
    return facts_view.value_of(earlier, reader) if earlier is not None else ""


def _offer_text(item: TimelineView, reader: Reader) -> str:
    offer = episodes.find_offer(item.params["offer"])
    if offer is None:
        return ""
    words = offer.reason if item.code == "handoff.offered" else offer.answer
    agency = reader.agency_name(offer.to_agency_id)
    return f"{agency}: {words}" if words else agency


def _link(one: EpisodeView, params: Mapping[str, str], knowing: Knowing) -> str:
    if "duty" in params:
        return f"/e/{one.episode_id}/d/{params['duty']}"
    if "notice" in params and knowing.agency_id == one.owner_agency_id:
        return f"/e/{one.episode_id}/n/{params['notice']}"
    if "request" in params:
        return f"/alerts/requests/{params['request']}"
    return f"/alerts/{params['alert']}" if "alert" in params else ""
