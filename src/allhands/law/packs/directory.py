"""Finds the packs under a folder and reads every file of them into one `PackSet`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from allhands.kernel.findings import Finding, Level
from allhands.law.facts.declarations import FactDeclaration
from allhands.law.later import Later
from allhands.law.packs.expression_file import ExpressionReader
from allhands.law.packs.fact_file import read_facts
from allhands.law.packs.fields import Fields
from allhands.law.packs.pack_file import PackHeader, read_header, read_sources
from allhands.law.packs.rule_file import FOLDERS, read_rule
from allhands.law.packs.strict_yaml import Yaml, read_yaml
from allhands.law.rules import Pack, PackBody, Rule, Source

MAX_RULE_LINES = 120
CASES_SUFFIX = ".cases.yaml"


@dataclass(slots=True, kw_only=True)
class PackSet:
    """Everything read from a folder of packs, right or wrong, with what was found on the way.

    Args:
        cases: path as findings show it, pack id and content of every file of cases.
    """

    packs: list[Pack] = field(default_factory=list)
    facts: list[FactDeclaration] = field(default_factory=list)
    cases: list[tuple[str, str, Yaml]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def error(self, path: str, code: str, message: str) -> None:
        self.findings.append(Finding(path=path, code=code, level=Level.ERROR, message=message))

    def warn(self, path: str, code: str, message: str) -> None:
        self.findings.append(Finding(path=path, code=code, level=Level.WARNING, message=message))


def read_directory(root: Path, *, with_cases: bool) -> PackSet:
    """All packs under `root`; a pack is a folder that holds a pack.yaml.

    Args:
        with_cases: also read the cases, which only the lint needs.
    """
    found = PackSet()
    if not root.is_dir():
        found.error(str(root), "pack.no-folder", "there is no such folder; name the folder that holds the packs")
        return found
    reader = ExpressionReader(found.findings)
    folders = list(_folders(str(root)))
    homes = sorted(Path(folder) for folder, names in folders if "pack.yaml" in names)
    for home in homes:
        _PackFolder(root, home, found, reader).read(with_cases=with_cases)
    _find_strays(root, [folder for folder, _ in folders], set(homes), found)
    if not homes:
        found.error(str(root), "pack.no-pack-file", "no pack.yaml was found in this folder or below it")
    return found


def is_pack_file(name: str) -> bool:
    """Whether a file of this name decides anything: YAML that is no case, and not hidden."""
    return name.endswith((".yaml", ".yml")) and not name.endswith(CASES_SUFFIX) and not name.startswith(".")


def _folders(root: str) -> Iterator[tuple[str, list[str]]]:
    """Every folder under the root, itself included, with the names of its files."""
    for folder, inner, names in os.walk(root):
        inner.sort()
        yield folder, names


def _contents(home: str, *, with_cases: bool) -> Iterator[tuple[str, bytes]]:
    """Name below the pack's folder and bytes of each file, in order."""
    paths = [os.path.join(folder, name) for folder, names in _folders(home) for name in names if name[0] != "."]
    for path in sorted(paths):
        if with_cases or not path.endswith(CASES_SUFFIX):
            with open(path, "rb") as file:
                yield os.path.relpath(path, home).replace(os.sep, "/"), file.read()


def _find_strays(root: Path, folders: list[str], homes: set[Path], found: PackSet) -> None:
    for folder in sorted(Path(folder) for folder in folders if os.path.basename(folder) in FOLDERS):
        if folder.parent not in homes:
            path = folder.relative_to(root).as_posix()
            found.error(path, "pack.no-pack-file", "rules lie here but the folder above has no pack.yaml; write one")


class _PackFolder:
    """One pack while it is read."""

    def __init__(self, root: Path, home: Path, found: PackSet, reader: ExpressionReader) -> None:
        self._root, self._home, self._found, self._reader = root, home, found, reader
        self._sources: dict[str, Source] = {}
        self._rules: list[Rule] = []
        self._digest = hashlib.sha256()
        self._prefix = home.relative_to(root).as_posix()

    def read(self, *, with_cases: bool) -> None:
        """Cases decide nothing, so they stay out of the hash and are read for the lint only."""
        folder_id = self._prefix.replace("/", ".")
        contents = dict(_contents(str(self._home), with_cases=with_cases))
        for name, data in contents.items():
            if not name.endswith(CASES_SUFFIX):
                self._digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
        header = read_header(self._fields("pack.yaml", contents["pack.yaml"]), folder_id)
        for name, data in contents.items():
            if name.endswith(CASES_SUFFIX):
                self._found.cases.append((self._path(name), header.id, self._load(name, data)))
            elif name.endswith((".yaml", ".yml")) and name != "pack.yaml":
                self._read_file(name, data, header.id)
        self._found.packs.append(self._finish(header))

    def _read_file(self, name: str, data: bytes, pack_id: str) -> None:
        folder, _, rest = name.partition("/")
        if name == "facts.yaml" or folder == "facts":
            self._found.facts.extend(read_facts(self._fields(name, data), pack_id))
        elif name == "sources.yaml":
            self._sources = read_sources(self._load(name, data), self._path(name), Fields({}, "", self._found.findings))
        elif folder in FOLDERS and rest.endswith(".yaml"):
            rule = read_rule(self._fields(name, data), pack_id, folder, self._reader)
            self._check_length(name, data)
            self._rules.extend([rule] if rule is not None else [])
        else:
            allowed = f"facts.yaml, facts/, sources.yaml, cases/*{CASES_SUFFIX}, {', '.join(FOLDERS)}"
            self._found.error(
                self._path(name), "pack.unexpected-file", f"this file has no place in a pack; allowed: {allowed}"
            )

    def _check_length(self, name: str, data: bytes) -> None:
        lines = data.count(b"\n")
        if lines > MAX_RULE_LINES:
            message = f"the rule has {lines} lines; at most {MAX_RULE_LINES}, move a part into a rule of its own"
            self._found.warn(self._path(name), "pack.rule-too-long", message)

    def _path(self, name: str) -> str:
        return f"{self._prefix}/{name}"

    def _load(self, name: str, data: bytes) -> Yaml:
        document = read_yaml(data, self._path(name))
        self._found.findings.extend(document.findings)
        return document.value

    def _fields(self, name: str, data: bytes) -> Fields:
        before = len(self._found.findings)
        value = self._load(name, data)
        unreadable = value is None and len(self._found.findings) > before
        return Fields(value, self._path(name), [] if unreadable else self._found.findings)

    def _finish(self, header: PackHeader) -> Pack:
        return Pack(
            id=header.id,
            title=header.title,
            kind=header.kind,
            jurisdiction=header.jurisdiction,
            version=header.version,
            applies=header.applies,
            worlds=header.worlds,
            zone=header.zone,
            steward=header.steward,
            licence=header.licence,
            depends_on=header.depends_on,
            confidence=header.confidence,
            status=header.status,
            reviewed=header.reviewed,
            settings=header.settings,
            sha256=self._digest.hexdigest(),
            body=Later.of(PackBody(sources=self._sources, rules=tuple(self._rules))),
        )


def iter_rules(packs: list[Pack]) -> Iterator[Rule]:
    """Every rule of every pack."""
    for pack in packs:
        yield from pack.rules
