"""What is said later of who the child is reaches the child's own record: names, birthday, nations.

The record is what others find the child by, what packets call it, and what tells a nation that the child is its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from allhands.episodes import identity, models, queries
from allhands.episodes.contracts import FactLine, NameKind, NewName
from allhands.episodes.folding import fold
from allhands.kernel.ids import EpisodeId


def follow(episode: models.Episode, made: Iterable[models.Statement]) -> None:
    """Bring the child's record along with statements that were just made, in their transaction."""
    facts = {one.fact_id: one.supersedes_id for one in made}
    if identity.IDENTITY_FACTS.isdisjoint(facts):
        return
    lines = queries.list_statements([episode.id], facts=sorted(identity.IDENTITY_FACTS)).get(EpisodeId(episode.id), ())
    said = [line for line in lines if line.current and line.value is not None]
    child = models.Child.objects.select_for_update().get(pk=episode.child_id)
    _follow_birthday(child, said)
    if not identity.NAME_FACTS.isdisjoint(facts):
        _follow_names(child, said)
    if not identity.NATION_FACTS.isdisjoint(facts):
        _follow_nations(child, said, [line for line in lines if line.statement_id in facts.values()])


def _follow_birthday(child: models.Child, said: Iterable[FactLine]) -> None:
    born_on = identity.born_on(said)
    if born_on is not None and born_on != child.born_on:
        child.born_on = born_on
        child.save(update_fields=["born_on"])


def _follow_names(child: models.Child, said: Iterable[FactLine]) -> None:
    """New names are added. An earlier legal name stays as another name: the child may still be looked for by it."""
    rows = list(child.names.all())
    for name in identity.names_of(child.call_name, said):
        alike = [row for row in rows if row.kind == name.kind.value]
        if name.kind is NameKind.LEGAL and any(_is_part(name.text, row.text) for row in alike):
            continue  # the record knows the whole name already
        if any(row.text == name.text for row in alike):
            continue
        if name.kind is NameKind.LEGAL:
            _make_other(alike, name.text)
        name_row(child, name).save()


def name_row(child: models.Child, name: NewName) -> models.ChildName:
    """A name as the table keeps it, not saved yet."""
    return models.ChildName(child=child, kind=name.kind.value, text=name.text, search_key=fold(name.text))


def _make_other(earlier: Iterable[models.ChildName], now: str) -> None:
    for row in earlier:
        if _is_part(row.text, now):
            row.delete()
        else:
            row.kind = NameKind.OTHER.value
            row.save(update_fields=["kind"])


def _is_part(short: str, whole: str) -> bool:
    return set(short.split()) <= set(whole.split())


def _follow_nations(child: models.Child, said: Iterable[FactLine], corrected: Iterable[FactLine]) -> None:
    """Ties are added and told anew; one goes only when the statement that named its nation was corrected."""
    wanted = {tie.nation: tie.status.value for tie in identity.tribes_of(said)}
    named = {tie.nation for tie in identity.tribes_of(corrected)}
    gone = named - wanted.keys()
    if any(wanted):
        gone |= {""}  # that nobody knew is over once somebody does
    child.tribes.filter(nation__in=gone).delete()
    for nation, status in wanted.items():
        models.ChildTribe.objects.update_or_create(child=child, nation=nation, defaults={"status": status})
