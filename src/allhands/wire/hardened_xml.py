"""XML from strangers: no entities, no document types, no network, no bombs, and a kind word for each refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from allhands.kernel.findings import Finding, Level
from allhands.wire.errors import CodecError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a stranger's document we read before we stop.

    Larger: a hostile sender can hold a worker for longer. Smaller: a true alert with a picture inside is refused.

    Args:
        max_bytes: five megabytes hold an alert with a photo of three megabytes in base64.
        max_depth: the deepest honest document (EDXL-DE around CAP with a signature) is 14 levels deep.
        max_elements: a state's whole list of warnings has about 40,000.
    """

    max_bytes: int = 5_000_000
    max_depth: int = 64
    max_elements: int = 200_000


ONE_DOCUMENT: Final = Limits()
# Google's alert hub takes feeds up to 900 kB, IPAWS answers are larger; ten times that is still read in a second.
ONE_FEED: Final = Limits(max_bytes=10_000_000)


def parse(data: bytes, *, limits: Limits, error: type[CodecError], prefix: str) -> etree._Element:
    """The root element of a document that stays inside the limits.

    Args:
        error: the codec's own error, raised for every failure.
        prefix: start of the finding's code, such as `cap`.
    Raises:
        CodecError: as `error`; codes `<prefix>.xml-too-large`, `.xml-too-deep`, `.xml-doctype`, `.xml-malformed`.
    """
    if len(data) > limits.max_bytes:
        raise error(_finding(prefix, "xml-too-large", _too_large(limits)), unreadable=False)
    if not data.strip():
        raise error(_finding(prefix, "xml-malformed", "The document is empty: nothing is in it."))
    try:
        etree.fromstring(data, _guarded(limits))
        root = etree.fromstring(data, _plain_parser())
    except _Unwelcome as refusal:
        raise error(_finding(prefix, refusal.code, str(refusal)), unreadable=False) from None
    except (etree.XMLSyntaxError, ValueError, LookupError) as broken:
        code, message = _broken(broken.msg if isinstance(broken, etree.XMLSyntaxError) else str(broken))
        raise error(_finding(prefix, code, message), unreadable=code == "xml-malformed") from None
    return root


class _Unwelcome(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Guard:
    """Sees every element before a tree is built, and stops at the first thing we will not read."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._depth = 0
        self._elements = 0

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        raise _Unwelcome(
            "xml-doctype",
            "The document declares a document type (<!DOCTYPE>). Alerts need none, and it can hide entities that "
            "read files or fill the memory. Remove the declaration and send the document again.",
        )

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limits.max_depth:
            raise _Unwelcome("xml-too-deep", f"Elements are nested deeper than {self._limits.max_depth} levels.")
        if self._elements > self._limits.max_elements:
            raise _Unwelcome("xml-too-large", f"The document has more than {self._limits.max_elements} elements.")

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1

    def data(self, data: str | bytes) -> None:
        """Text is bounded by the number of bytes."""

    def comment(self, text: str | bytes) -> None:
        """Comments are dropped when the tree is built."""

    def close(self) -> None:
        return None


def _guarded(limits: Limits) -> etree.XMLParser:
    return etree.XMLParser(target=_Guard(limits), resolve_entities=False, no_network=True, load_dtd=False)


def _plain_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, remove_comments=True
    )


def _too_large(limits: Limits) -> str:
    return f"The document is larger than the {limits.max_bytes:,} bytes that are read."


def _broken(parser_words: str) -> tuple[str, str]:
    if "Excessive depth" in parser_words or "huge" in parser_words.lower():
        return "xml-too-deep", "The document is nested or filled far beyond what an honest one needs."
    return "xml-malformed", f"The bytes are not well-formed XML: {parser_words}."


def _finding(prefix: str, code: str, message: str) -> Finding:
    return Finding(path="/", code=f"{prefix}.{code}", level=Level.ERROR, message=message)
