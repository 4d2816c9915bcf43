"""A list of findings being written, shared by the codecs' judges."""

from __future__ import annotations

from collections.abc import Iterable

from allhands.kernel.findings import Finding, Level


class Report:
    """Collects findings about one document, in the order they were met.

    Args:
        prefix: start of every code, such as `cap`; codes are `<prefix>.<code>`.
        source: the standard, when a finding names no clause of its own.
    """

    def __init__(self, prefix: str, source: str = "") -> None:
        self._prefix = prefix
        self._source = source
        self._findings: list[Finding] = []

    def error(self, path: str, code: str, message: str, source: str = "") -> None:
        self._add(Level.ERROR, path, code, message, source)

    def warn(self, path: str, code: str, message: str, source: str = "") -> None:
        self._add(Level.WARNING, path, code, message, source)

    def info(self, path: str, code: str, message: str, source: str = "") -> None:
        self._add(Level.INFO, path, code, message, source)

    def extend(self, findings: Iterable[Finding]) -> None:
        self._findings.extend(findings)

    @property
    def has_errors(self) -> bool:
        return has_errors(self._findings)

    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._findings)

    def _add(self, level: Level, path: str, code: str, message: str, source: str) -> None:
        self._findings.append(
            Finding(
                path=path,
                code=f"{self._prefix}.{code}",
                level=level,
                message=message,
                source=source or self._source,
            )
        )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding refuses the document."""
    return any(finding.level is Level.ERROR for finding in findings)
