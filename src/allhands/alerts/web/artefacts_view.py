"""Artefacts as people look at them: phones, signs, posters and cards as they will look, files to open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from allhands.alerts import presenting, sign_pictures
from allhands.alerts.web import artefact_words, findings_words
from allhands.channels.contracts import Artefact, ChannelCondition, Way, WayOut
from allhands.kernel.findings import Level
from allhands.ui.components.phone_preview.presenter import Leaves, PhonePreview, present_phone
from allhands.ui.components.poster_preview.presenter import PosterFile, PosterPreview, PosterState
from allhands.ui.components.sign_preview.presenter import SignPreview

Href = Callable[[Artefact], str]
_PHONE_WAYS = frozenset({Way.IPAWS, Way.SMS, Way.PUSH})
_AS_PICTURES = frozenset({Way.SIGNS, Way.POSTERS, Way.CARDS})
_LANGUAGES: Mapping[tuple[str, ...], str] = {("en",): "English", ("es",): "Español", ("en", "es"): "English, Español"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file to open, and the words in it."""

    name: str
    href: str
    language: str
    text: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayPreview:
    """One way out with everything that would leave on it."""

    way: str
    title: str
    condition: str
    leaves: Leaves
    phones: tuple[PhonePreview, ...] = ()
    signs: tuple[SignPreview, ...] = ()
    posters: tuple[PosterPreview, ...] = ()
    files: tuple[FileLine, ...] = field(default=())

    @property
    def count(self) -> int:
        """How many things there are to look at."""
        return len(self.phones) + len(self.signs) + len(self.posters) + len(self.files)


def present(
    found: Iterable[Artefact], standing: Iterable[WayOut], href: Href, *, state: PosterState, sender: str
) -> tuple[WayPreview, ...]:
    """Every way with its artefacts, in the order of the ways."""
    conditions = {one.way: one.condition for one in standing}
    by_way: dict[Way, list[Artefact]] = {}
    for artefact in found:
        by_way.setdefault(artefact.way, []).append(artefact)
    return tuple(
        _way(way, artefacts, conditions.get(way, ChannelCondition.NOT_CONFIGURED), href, state, sender)
        for way, artefacts in by_way.items()
    )


def leaves_of(condition: ChannelCondition) -> Leaves:
    """Whether anything leaves in this condition."""
    return {
        ChannelCondition.NOT_CONFIGURED: Leaves.NOT_CONFIGURED,
        ChannelCondition.SIMULATED: Leaves.SIMULATED,
    }.get(condition, Leaves.YES)


def condition_words(condition: ChannelCondition) -> str:
    """The word of a condition."""
    return {
        ChannelCondition.WORKS: _("works"),
        ChannelCondition.NOT_TESTED: _("not tested yet"),
        ChannelCondition.STALE: _("worked, but not tested lately"),
        ChannelCondition.SIMULATED: _("simulated"),
        ChannelCondition.NOT_CONFIGURED: _("not configured here"),
    }.get(condition, _("the last test failed"))


def _way(
    way: Way, found: Sequence[Artefact], condition: ChannelCondition, href: Href, state: PosterState, sender: str
) -> WayPreview:
    leaves = leaves_of(condition)
    pictures = [one for one in found if one.media_type.startswith("image/")]
    texts = [one for one in found if one.media_type.startswith("text/plain")]
    phones = [_phone(one, leaves, sender) for one in texts] if way in _PHONE_WAYS else []
    shown = [one for one in found if one.name.startswith(sign_pictures.STEM)] if way is Way.SIGNS else []
    signs = _signs(shown, leaves, href)
    posters = (_poster(way, pictures, found, href, state),) if way in {Way.POSTERS, Way.CARDS} and pictures else ()
    drawn = {one.name for one in (texts if way in _PHONE_WAYS else shown)}
    rest = [] if way in _AS_PICTURES else [one for one in found if one.name not in drawn]
    return WayPreview(
        way=way.value,
        title=presenting.way_words(way.value),
        condition=condition_words(condition),
        leaves=leaves,
        phones=tuple(phones),
        signs=tuple(signs),
        posters=posters,
        files=tuple(_file(one, href) for one in rest),
    )


def _phone(one: Artefact, leaves: Leaves, sender: str) -> PhonePreview:
    return present_phone(
        one.text,
        title=f"{_LANGUAGES.get(one.languages, '')} · {artefact_words.words_of(one.name)}",
        lang=one.languages[0] if one.languages else "en",
        sender=sender,
        used=one.length,
        limit=one.limit,
        leaves=leaves,
        costly=_said(one, Level.WARNING) + _said(one, Level.INFO),
        faults=_said(one, Level.ERROR),
    )


def _signs(found: Sequence[Artefact], leaves: Leaves, href: Href) -> tuple[SignPreview, ...]:
    """Each sign drawn by the codec that sends, with its words."""
    return tuple(
        SignPreview(
            title=artefact_words.words_of(one.name),
            picture_href=href(replace(one, name=name)) if (name := sign_pictures.picture_name(one.name)) else "",
            lines=tuple(line for line in one.text.splitlines() if line.strip()),
            leaves=leaves,
            faults=_said(one, Level.ERROR),
            notes=_said(one, Level.WARNING),
        )
        for one in found
    )


def _poster(
    way: Way, pictures: Sequence[Artefact], found: Sequence[Artefact], href: Href, state: PosterState
) -> PosterPreview:
    return PosterPreview(
        title=presenting.way_words(way.value),
        picture_href=href(pictures[0]),
        text=pictures[0].text,
        files=tuple(PosterFile(href=href(one), label=artefact_words.with_language(one.name)) for one in found),
        state=state,
        faults=tuple(words for one in found for words in _said(one, Level.ERROR)),
    )


def _file(one: Artefact, href: Href) -> FileLine:
    return FileLine(
        name=artefact_words.words_of(one.name),
        href=href(one),
        language=_LANGUAGES.get(one.languages, ""),
        text=one.text,
        faults=_said(one, Level.ERROR),
    )


def _said(one: Artefact, level: Level) -> tuple[str, ...]:
    return findings_words.said_of(finding for finding in one.findings if finding.level is level)
