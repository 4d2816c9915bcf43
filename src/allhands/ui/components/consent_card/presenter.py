"""A consent card. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.wording import Moment


class ConsentState(enum.Enum):
    """RECALLED: stopped, and copies are being called back."""

    DRAFT = "draft"
    NOT_NOW = "not-now"
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCard:
    """A card ready to draw.

    Args:
        giver: whose answer it is.
        fields: names of what it covers; never "everything".
        words: as it was explained, in `language`.
        if_no: what happens when the answer is no.
        answer_href: where the three answers are posted; empty when there is nothing to answer.
        ways: how the answer is given, as (code, words); asked with the answer.
        stop_href: where stopping is posted; empty when it cannot be stopped.
        copies, copies_back: copies that rest on it, and of them those confirmed as gone.
    """

    uid: str
    giver: str
    fields: tuple[str, ...]
    to: str
    purpose: str
    since: Moment
    until: Moment
    explained_by: str
    language: str
    words: str
    state: ConsentState
    if_no: str = ""
    authority: str = ""
    answer_href: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    asks_safety: bool = False
    stop_href: str = ""
    copies: int = 0
    copies_back: int = 0
    stopped: Moment | None = None
    stopped_by: str = ""

    def __post_init__(self) -> None:
        if not self.fields:
            raise ValueError("a card that names no field is a card for everything")
        if self.answer_href and not self.ways:
            raise ValueError("an answer needs to say how it was given")
