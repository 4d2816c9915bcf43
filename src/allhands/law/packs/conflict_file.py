"""Reads the conflict cases under packs/conflicts: one file a case, its name the case's id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from allhands.kernel.findings import Finding, Level
from allhands.kernel.instants import parse_instant
from allhands.law.conflict_cases import CaseRow, ConflictCase, Expected
from allhands.law.facts.known import Facts, FactsError
from allhands.law.facts.reading import parse_facts
from allhands.law.library import Library, PackError
from allhands.law.packs.fields import Fields, nearest
from allhands.law.packs.strict_yaml import Yaml, as_json, read_yaml
from allhands.law.values import Text, Verdict

FOLDER = "conflicts"


def load_conflict_cases(root: Path, library: Library) -> tuple[ConflictCase, ...]:
    """Every case under `root`/conflicts, by id; none when there is no such folder.

    Raises:
        PackError: with a finding for everything that is wrong in the files.
    """
    cases, findings = read_conflict_cases(root, library)
    if any(finding.level is Level.ERROR for finding in findings):
        raise PackError(findings)
    return cases


def read_conflict_cases(root: Path, library: Library) -> tuple[tuple[ConflictCase, ...], tuple[Finding, ...]]:
    """The cases that can be read, and what is wrong with the files."""
    findings: list[Finding] = []
    found = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        name = path.relative_to(root).as_posix()
        document = read_yaml(path.read_bytes(), name)
        findings.extend(document.findings)
        before = len(findings)
        case = _CaseReader(Fields(document.value, name, findings), library).read(path.stem)
        if case is not None and len(findings) == before:
            found.append(case)
    return tuple(found), tuple(findings)


class _CaseReader:
    def __init__(self, fields: Fields, library: Library) -> None:
        self._fields, self._library = fields, library

    def read(self, stem: str) -> ConflictCase | None:
        fields = self._fields
        name = fields.string("id")
        if name != stem:
            fields.error("pack.file-name", f"the file is {stem}.yaml but the case is {name!r}; make them the same")
        as_of = _instant(fields, "as_of")
        shared = fields.raw("facts")
        if as_of is None:
            return None
        case = ConflictCase(
            id=name,
            title=fields.text("title"),
            question=fields.text("question"),
            situation=fields.text("situation"),
            lesson=fields.text("lesson"),
            source=fields.string("source"),
            as_of=as_of,
            rows=tuple(self._rows(shared, as_of)),
        )
        fields.done()
        return case

    def _rows(self, shared: Yaml, as_of: datetime) -> Iterator[CaseRow]:
        base = shared if isinstance(shared, dict) else {}
        for path, item in self._fields.items("rows", required=True):
            row = Fields(item, path, self._fields.findings)
            own = row.raw("facts")
            says = row.text("says")
            gaps = tuple(self._texts(row, "gaps"))
            for pack_id in row.strings("packs"):
                if self._is_known(pack_id, row):
                    values = {**base, **(own if isinstance(own, dict) else {})}
                    yield CaseRow(
                        pack_id=pack_id,
                        facts=self._facts(values, as_of, row),
                        says=says,
                        expected=tuple(self._expected(row, pack_id)),
                        gaps=gaps,
                    )
            row.raw("expect")
            row.done()

    def _is_known(self, pack_id: str, row: Fields) -> bool:
        known = {pack.id for pack in self._library.packs}
        if pack_id not in known:
            row.error("pack.unknown-pack", f"the pack {pack_id!r} is not here{nearest(pack_id, known)}")
        return pack_id in known

    def _texts(self, row: Fields, key: str) -> Iterator[Text]:
        for path, item in row.items(key):
            words = Fields(item, path, row.findings)
            yield Text(words.string("en"), words.string("es"))

    def _facts(self, values: dict[str, Yaml], as_of: datetime, row: Fields) -> Facts:
        try:
            return parse_facts({key: as_json(value) for key, value in values.items()}, self._library.facts, as_of=as_of)
        except FactsError as error:
            for finding in error.findings:
                row.error("pack.case-facts", f"{finding.path}: {finding.message}")
            return Facts.of({})

    def _expected(self, row: Fields, pack_id: str) -> Iterator[Expected]:
        """A rule is named by its last part within the row's pack, or by its whole id."""
        for path, item in row.items("expect"):
            fields = Fields(item, path, row.findings)
            name = fields.string("rule")
            rule_id = name if "." in name else f"{pack_id}.{name}"
            if rule_id not in self._library.rules:
                hint = nearest(rule_id, self._library.rules)
                fields.error("pack.unknown-rule", f"the rule {rule_id!r} is in no pack{hint}", fields.at("rule"))
                continue
            yield Expected(
                rule_id=rule_id,
                verdict=_verdict(fields),
                due_at=_instant(fields, "due_at") if fields.has("due_at") else None,
                due_stated="due_at" in fields.names(),
            )
            fields.raw("due_at")
            fields.done()


def _verdict(fields: Fields) -> Verdict | None:
    raw = fields.raw("verdict")
    if raw is None:
        return None
    if isinstance(raw, bool) or raw == "unknown":
        return Verdict.UNKNOWN if raw == "unknown" else Verdict.of(raw is True)
    fields.error("pack.wrong-type", "a verdict is true, false or unknown", fields.at("verdict"))
    return None


def _instant(fields: Fields, key: str) -> datetime | None:
    text = fields.string(key)
    try:
        return parse_instant(text) if text else None
    except (ValueError, OverflowError):
        message = f"{text!r} is no instant; write it with its offset, in quotes: 2026-11-24T02:00:00-06:00"
        fields.error("pack.wrong-type", message, fields.at(key))
        return None
