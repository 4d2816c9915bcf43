"""What IPAWS-OPEN answers: a refused channel comes inside HTTP 200. Pure. Source: dossier interfaces 1.3 and 1.4.

Local names are matched, not prefixes or namespaces, which differ between versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from allhands.channels.contracts import SendingState
from allhands.channels.copies import Part, Told, refused, unconfirmed
from allhands.wire.cap import CapError
from allhands.wire.hardened_xml import ONE_DOCUMENT, parse

# Codes that say that a channel took it. The full list (IDG table 109) is not public here; what is not known is said so.
_TAKEN: Final = frozenset({"000", "010", "10", "200", "202", "300", "400", "500", "600", "800"})
_ITEMS: Final = ("CHANNELNAME", "STATUSITEMID", "ERROR", "STATUS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one channel said. `channel` is empty when the answer left it out."""

    channel: str
    code: str
    is_error: bool | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A readable answer.

    Args:
        fault: words of a SOAP fault; empty when there is none.
        runs: one a channel, as received; a channel may stand twice.
        values: parameter names and values of the answer's items.
    """

    fault: str
    runs: tuple[Run, ...]
    values: tuple[tuple[str, str], ...]


def read(data: bytes) -> Answer | None:
    """The answer; None when it is not SOAP."""
    try:
        root = parse(data, limits=ONE_DOCUMENT, error=CapError, prefix="ipaws")
    except CapError:
        return None
    if etree.QName(root).localname != "Envelope":
        return None
    fault = next(_named(root, "Fault"), None)
    if fault is not None:
        words = next((one.text or "" for one in _named(fault, "faultstring", "Text")), "") or "SOAP fault"
        return Answer(fault=" ".join(words.split()), runs=(), values=())
    items = tuple(_named(root, "parameterListItem"))
    values = tuple((_text(item, "parameterName"), _text(item, "parameterValue")) for item in items)
    return Answer(fault="", runs=tuple(run for item in items for run in _runs(item)), values=values)


def judge(answer: Answer) -> Told:
    """What it means for the alert, channel by channel."""
    if answer.fault:
        return refused("soap-fault", answer.fault)
    parts = tuple(_part(run) for run in answer.runs)
    if not parts:
        return unconfirmed("no-channel-answered")
    failed = [part for part in parts if part.state is SendingState.FAILED]
    taken = [part for part in parts if part.state is SendingState.ACCEPTED]
    words = "; ".join(f"{part.group} {part.code} {part.words}" for part in failed)
    if not failed and all(part.state is not SendingState.UNCONFIRMED for part in parts) and taken:
        state, code = SendingState.ACCEPTED, "accepted"
    elif failed and not taken:
        state, code = SendingState.FAILED, "refused"
    else:  # part of it may be public already: a person reads both lists
        state, code = SendingState.UNCONFIRMED, "mixed" if failed else "unknown-code"
    return Told(state=state, code=code, words=words, parts=parts)


def _part(run: Run) -> Part:
    channel = run.channel or "UNNAMED"
    return Part(group=channel, label=channel, state=_state(run), code=run.code or "none", words=run.words)


def _state(run: Run) -> SendingState:
    if run.is_error:
        return SendingState.FAILED
    if run.is_error is None:
        return SendingState.UNCONFIRMED
    if run.code in _TAKEN:
        return SendingState.ACCEPTED
    # A channel that was not asked, or is blocked, is no error: nothing went out there.
    return SendingState.STOPPED if "not-disseminated" in run.words else SendingState.UNCONFIRMED


def _runs(item: etree._Element) -> Iterator[Run]:
    """Flat pairs, four a channel; a new run starts where a name comes again that the run has already."""
    current: dict[str, str] = {}
    for sub in _named(item, "subParaListItem"):
        name, value = _text(sub, "subParameterName").upper(), _text(sub, "subParameterValue")
        if name not in _ITEMS:
            continue
        if name in current or (name == "CHANNELNAME" and current):
            yield _run(current)
            current = {}
        current[name] = value
    if current:
        yield _run(current)


def _run(pairs: dict[str, str]) -> Run:
    said = pairs.get("ERROR", "").upper()
    is_error = {"Y": True, "N": False}.get(said)
    return Run(
        channel=pairs.get("CHANNELNAME", "")[:60],
        code=pairs.get("STATUSITEMID", "")[:16],
        is_error=is_error,
        words=pairs.get("STATUS", "")[:200],
    )


def _named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (one for one in root.iter() if etree.QName(one).localname in names)


def _text(item: etree._Element, name: str) -> str:
    return next((" ".join((one.text or "").split()) for one in item if etree.QName(one).localname == name), "")
