"""Owns the writing of Atom and JSON Feed. Reading lists of alerts is CAP's."""

from allhands.wire.feeds.encode import encode_atom, encode_json
from allhands.wire.feeds.model import Entry, Feed, Link
from allhands.wire.feeds.validate import validate

__all__ = ["Entry", "Feed", "Link", "encode_atom", "encode_json", "validate"]
