"""Owns PFIF: read from 1.1 to 1.4, written as 1.4 with consent and an end. Never decides whether consent is there."""

from allhands.wire.pfif.decode import Decoded, PfifError, decode
from allhands.wire.pfif.encode import encode
from allhands.wire.pfif.expire import expire, expire_all
from allhands.wire.pfif.fields import VERSIONS, Version
from allhands.wire.pfif.model import Document, Note, Person
from allhands.wire.pfif.validate import validate

__all__ = [
    "VERSIONS",
    "Decoded",
    "Document",
    "Note",
    "Person",
    "PfifError",
    "Version",
    "decode",
    "encode",
    "expire",
    "expire_all",
    "validate",
]
