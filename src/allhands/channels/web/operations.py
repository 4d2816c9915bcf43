"""The operator's page of channels: what waits for a person, how each channel stands, the outbox of played e-mails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from allhands.access import api as access
from allhands.channels import api as channels
from allhands.channels.contracts import (
    SUBSCRIBER,
    Channel,
    ChannelCondition,
    ChannelState,
    DeliveryView,
    NeedReason,
    NeedsPerson,
)
from allhands.channels.web import ways
from allhands.channels.web.reader import Reader, reader_of
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DeliveryId
from allhands.platform.operations.api import AskLine, ChannelLine
from allhands.ui.components.delivery_table.presenter import Delivery, DeliveryTable, DeliveryWord
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.wording import Moment

NAMES = {Channel.EMAIL: gettext_lazy("E-mail"), Channel.INBOX: gettext_lazy("Inbox here")}
CONDITIONS = {
    ChannelCondition.WORKS: gettext_lazy("works"),
    ChannelCondition.NOT_TESTED: gettext_lazy("not tested yet"),
    ChannelCondition.STALE: gettext_lazy("worked, but not tested lately"),
    ChannelCondition.TEST_FAILED: gettext_lazy("test failed"),
    ChannelCondition.NOT_CONFIGURED: gettext_lazy("not configured"),
    ChannelCondition.SIMULATED: gettext_lazy("simulated"),
}
REASONS = {
    NeedReason.CLAIM_WITHOUT_OUTCOME: gettext_lazy(
        "The worker stopped in the middle. Ask the mail server whether it has the letter, then mark it."
    ),
    NeedReason.UNCERTAIN: gettext_lazy(
        "The letter was written and no answer came. Ask the mail server whether it has it, then mark it."
    ),
    NeedReason.UNCONFIRMED: gettext_lazy("The answer was strange. Ask the mail server, then mark it."),
    NeedReason.FAILED: gettext_lazy("It was refused. Call them; send it again only if their server was at fault."),
    NeedReason.BOUNCED: gettext_lazy("It came back. Call them, and have their address corrected."),
    NeedReason.NOT_CONFIGURED: gettext_lazy("E-mail is not configured here. Nobody was told this way."),
    NeedReason.ANOTHER_WORLD: gettext_lazy(
        "It was written in another world (live, demo, drill) and never leaves from here. Press “Give it up”."
    ),
    NeedReason.WAITS_TOO_LONG: gettext_lazy("It has waited too long. Is the mail server up? Is a worker running?"),
}
REFUSALS = {
    "reason-missing": gettext_lazy("Say in a few words how you know."),
    "delivery-being-sent": gettext_lazy("It is being sent right now. Look again in 15 minutes."),
    "another-world": gettext_lazy("It was written in another world: it never leaves from here."),
    "delivery-cannot-follow": gettext_lazy("Somebody else has decided about it already. The page shows what is left."),
}
_STATES = {
    ChannelCondition.WORKS: "works",
    ChannelCondition.NOT_TESTED: "not-tested",
    ChannelCondition.STALE: "stale",
    ChannelCondition.TEST_FAILED: "test-failed",
    ChannelCondition.NOT_CONFIGURED: "not-configured",
    ChannelCondition.SIMULATED: "simulated",
}

Decide = Callable[[Actor, DeliveryId, str, datetime], None]
_DECISIONS: Mapping[str, Decide] = {
    "arrived": channels.mark_arrived,
    "again": channels.send_again,
    "cancel": channels.cancel,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """A delivery that waits for a person. Addresses and codes only, no content."""

    delivery_id: DeliveryId
    recipient: str
    address: str
    words: str
    since: Moment
    code: str
    said: str
    can_arrive: bool
    can_go_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """A channel with its state word. `at` is when that was found out."""

    code: str
    name: str
    condition: str
    at: Moment | None
    failure: str
    waiting: int
    can_test: bool
    can_release: bool


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """What needs a person, channels, outbox."""
    return _page(request, _operator(request))


@require_POST
def test(request: HttpRequest, channel: str) -> HttpResponse:
    """Try the channel's connection; nothing is sent."""
    reader = _operator(request)
    channels.test_channel(reader.actor, _channel(channel), reader.now)
    return redirect("channels")


@require_POST
def release(request: HttpRequest, channel: str) -> HttpResponse:
    """Send what waited while the channel was not configured."""
    reader = _operator(request)
    channels.release_held(reader.actor, _channel(channel), reader.now)
    return redirect("channels")


@require_POST
def decide(request: HttpRequest, delivery_id: str) -> HttpResponse:
    """A person's word about one delivery, with the reason."""
    reader = _operator(request)
    decision = _DECISIONS.get(str(request.POST.get("decision", "")))
    if decision is None:
        raise Denied("channels-decision")
    reason = str(request.POST.get("reason", ""))
    try:
        decision(reader.actor, DeliveryId(delivery_id), reason, reader.now)
    except Refused as refused:
        return _page(
            request, reader, problem=str(REFUSALS.get(refused.code, refused.reason)), about=delivery_id, reason=reason
        )
    return redirect("channels")


@require_POST
def decide_copies(request: HttpRequest, broadcast_id: str) -> HttpResponse:
    """A person's word about all open copies of a group, with the reason."""
    reader = _operator(request)
    said = {name: str(request.POST.get(name, "")) for name in ("decision", "reason", "group", "key")}
    decision, reason = said["decision"], said["reason"]
    if decision not in channels.Decision.__members__:
        raise Denied("channels-decision")
    try:
        channels.decide_copies(
            reader.actor, broadcast_id, said["group"], channels.Decision(decision), reason, reader.now
        )
    except Refused as refused:
        problem = str(REFUSALS.get(refused.code, refused.reason))
        return _page(request, reader, problem=problem, about=said["key"], reason=reason)
    return redirect("channels")


@require_POST
def test_way(request: HttpRequest, way: str) -> HttpResponse:
    """Try the connection of a way out of alerts; nothing is sent."""
    reader = _operator(request)
    if way not in channels.Way.__members__:
        raise Denied("channels-unknown")
    channels.test_way(reader.actor, channels.Way(way), reader.now)
    return redirect("channels")


def lines() -> tuple[ChannelLine, ...]:
    """For the operator's first page: the inbox, then every way out of an alert; e-mail is one of them."""
    inbox = tuple(
        ChannelLine(name=str(NAMES[state.channel]), state=_STATES[state.condition], tested_at=state.at)
        for state in channels.channel_states()
    )
    others = tuple(
        ChannelLine(name=str(ways.NAMES[way.way]), state=_STATES[way.condition], tested_at=way.at)
        for way in channels.ways_out(timezone.now())
        if way.way is not channels.Way.EMAIL
    )
    return inbox + others


def asks(now: datetime) -> tuple[AskLine, ...]:
    """For the operator's first page: one line for all deliveries that wait."""
    count = len(channels.list_needing_person(now)) + len(channels.list_doubtful(now)) + len(channels.list_sign_tasks())
    if not count:
        return ()
    words = ngettext("%(count)s delivery needs a decision", "%(count)s deliveries need a decision", count)
    return (AskLine(text=words % {"count": count}, href="/ops/channels"),)


def _operator(request: HttpRequest) -> Reader:
    reader = reader_of(request)
    access.check_operate(reader.actor)
    return reader


def _channel(code: str) -> Channel:
    if code not in Channel.__members__:
        raise Denied("channels-unknown")
    return Channel(code)


def _page(
    request: HttpRequest, reader: Reader, *, problem: str = "", about: str = "", reason: str = ""
) -> HttpResponse:
    problems = (Problem(words=problem, field_id=f"reason-{about}"),) if problem else ()
    context = {
        "needs": [_need(need, reader) for need in channels.list_needing_person(reader.now)],
        "channels": [_state(state, reader) for state in channels.channel_states()],
        "ways": ways.way_rows(reader),
        "doubtful": ways.doubtful_rows(reader),
        "sign_count": len(channels.list_sign_tasks()),
        "outbox": DeliveryTable(
            caption=_("E-mails that were only played"),
            deliveries=tuple(_played(view, reader) for view in channels.list_simulated()),
        ),
        "errors": ErrorSummary(problems=problems),
        "problem": problem,
        "about": about,
        "reason": reason,
    }
    return render(request, "channels/operations.html", context, status=422 if problem else 200)


def _need(need: NeedsPerson, reader: Reader) -> NeedRow:
    last = need.delivery.statuses[-1] if need.delivery.statuses else None
    doubtful = {NeedReason.CLAIM_WITHOUT_OUTCOME, NeedReason.UNCERTAIN, NeedReason.UNCONFIRMED}
    return NeedRow(
        delivery_id=need.delivery.id,
        recipient=_recipient(need.delivery),
        address=_address(need.delivery),
        words=str(REASONS[need.reason]),
        since=reader.moment(need.since),
        code=last.code if last else "",
        said=last.words if last else "",
        can_arrive=need.reason in doubtful,
        can_go_again=need.reason is not NeedReason.ANOTHER_WORLD,
    )


def _is_to_subscriber(view: DeliveryView) -> bool:
    return view.recipient_agency is None and view.recipient_label == SUBSCRIBER


def _recipient(view: DeliveryView) -> str:
    return _("a subscriber") if _is_to_subscriber(view) else view.recipient_label


def _address(view: DeliveryView) -> str:
    """Of somebody who signed up only where it goes: who they are is nobody's business, not even the operator's."""
    return f"…@{view.address.rpartition('@')[2]}" if _is_to_subscriber(view) else view.address


def _state(state: ChannelState, reader: Reader) -> ChannelRow:
    is_email = state.channel is Channel.EMAIL
    is_real = state.condition not in {ChannelCondition.NOT_CONFIGURED, ChannelCondition.SIMULATED}
    return ChannelRow(
        code=state.channel.value,
        name=str(NAMES[state.channel]),
        condition=str(CONDITIONS[state.condition]),
        at=reader.moment(state.at) if state.at else None,
        failure=state.code,
        waiting=state.waiting,
        can_test=is_email and is_real,
        can_release=is_email and is_real and state.waiting > 0,
    )


def _played(view: DeliveryView, reader: Reader) -> Delivery:
    return Delivery(
        channel=str(NAMES[view.channel]),
        recipient=_recipient(view),
        word=DeliveryWord.SIMULATED,
        sent=reader.moment(view.created_at),
        words=_address(view),
    )
