"""The ways out of an alert on the operator's page: their state words, and copies about which a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from allhands.channels import api as channels
from allhands.channels.contracts import ChannelCondition, DoubtfulCopies, SendingState, Way, WayOut
from allhands.channels.web.reader import Reader
from allhands.ui.wording import Moment

NAMES = {
    Way.IPAWS: gettext_lazy("Phones and broadcasters (IPAWS)"),
    Way.SIGNS: gettext_lazy("Road signs"),
    Way.SMS: gettext_lazy("Text messages"),
    Way.EMAIL: gettext_lazy("E-mail to subscribers"),
    Way.PUSH: gettext_lazy("Browser messages"),
    Way.WEBHOOKS: gettext_lazy("Webhooks"),
    Way.FEEDS: gettext_lazy("Feeds"),
    Way.POSTERS: gettext_lazy("Posters"),
    Way.CARDS: gettext_lazy("Cards to share"),
}
_CONDITIONS = {
    ChannelCondition.WORKS: gettext_lazy("works"),
    ChannelCondition.NOT_TESTED: gettext_lazy("not tested yet"),
    ChannelCondition.STALE: gettext_lazy("worked, but not tested lately"),
    ChannelCondition.TEST_FAILED: gettext_lazy("test failed"),
    ChannelCondition.NOT_CONFIGURED: gettext_lazy("not configured"),
    ChannelCondition.SIMULATED: gettext_lazy("simulated"),
}
# What "not configured" means for people outside; the others need no second sentence.
_MEANINGS = {
    Way.IPAWS: gettext_lazy("Phones are not reached from here. No phone will show an alert."),
    Way.SIGNS: gettext_lazy("Road signs are not configured here. No sign will show an alert."),
    Way.SMS: gettext_lazy("No text message will be sent."),
    Way.EMAIL: gettext_lazy("No e-mail will be sent."),
    Way.PUSH: gettext_lazy("No browser message will be sent."),
    Way.WEBHOOKS: gettext_lazy("No machine has asked to hear of alerts."),
}
_WORDS = {
    SendingState.CLAIMED: gettext_lazy("The worker stopped in the middle. Ask the other side whether they have them."),
    SendingState.UNCERTAIN: gettext_lazy(
        "They were written and no answer came. Ask the other side whether they have them."
    ),
    SendingState.UNCONFIRMED: gettext_lazy("The answer was strange, or some of it a no. Ask the other side."),
    SendingState.FAILED: gettext_lazy("They were refused. Send again only if the other side was at fault."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """A way out with its state word. `meaning` is what that means for people outside."""

    code: str
    name: str
    condition: str
    meaning: str
    at: Moment | None
    failure: str
    can_test: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulRow:
    """Copies of one group: how many, what is wrong, since when. No recipient is named."""

    key: str
    broadcast_id: str
    group: str
    title: str
    words: str
    since: Moment
    code: str
    can_arrive: bool


def way_rows(reader: Reader) -> list[WayRow]:
    """Every way, in the order people are shown."""
    return [_way(way, reader) for way in channels.ways_out(reader.now)]


def doubtful_rows(reader: Reader) -> list[DoubtfulRow]:
    """Groups of copies that wait for a person."""
    return [_doubtful(number, one, reader) for number, one in enumerate(channels.list_doubtful(reader.now), start=1)]


def _way(way: WayOut, reader: Reader) -> WayRow:
    is_missing = way.condition is ChannelCondition.NOT_CONFIGURED
    testable = {ChannelCondition.NOT_TESTED, ChannelCondition.TEST_FAILED}
    has_other_side = way.at is not None or way.condition in testable
    return WayRow(
        code=way.way.value,
        name=str(NAMES[way.way]),
        condition=str(_CONDITIONS[way.condition]),
        meaning=str(_MEANINGS.get(way.way, "")) if is_missing else "",
        at=reader.moment(way.at) if way.at else None,
        failure=way.code,
        can_test=has_other_side,
    )


def _doubtful(number: int, copies: DoubtfulCopies, reader: Reader) -> DoubtfulRow:
    count = ngettext("%(count)s copy", "%(count)s copies", copies.count) % {"count": copies.count}
    name = copies.label or (_("subscribers") if copies.group == "subscribers" else copies.group)
    return DoubtfulRow(
        key=f"{copies.broadcast_id}-{number}",
        broadcast_id=copies.broadcast_id,
        group=copies.group,
        title=f"{NAMES[copies.way]}: {count} · {name}",
        words=str(_WORDS[copies.state]),
        since=reader.moment(copies.since),
        code=copies.code,
        can_arrive=copies.state is not SendingState.FAILED,
    )
