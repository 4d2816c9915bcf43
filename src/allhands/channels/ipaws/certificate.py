"""What is wrong with a group's certificate, found before IPAWS finds it in the middle of an alert. Pure.

IPAWS wants the group's number in the certificate's name, and an RSA key; certificates hold three years (dossier
interfaces 1.2).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

GOOD: Final = ""
_NUMBER: Final = re.compile(r"\d+", re.ASCII)


def problem(certificate_pem: bytes, key_pem: bytes, cog_id: str, now: datetime) -> str:
    """A code, or empty: `certificate-form`, `certificate-ended`, `certificate-not-yet`, `certificate-other-group`,
    `certificate-other-key`."""
    try:
        certificate = x509.load_pem_x509_certificate(certificate_pem)
        key = serialization.load_pem_private_key(key_pem, password=None)
    except (ValueError, TypeError):
        return "certificate-form"
    if not isinstance(key, rsa.RSAPrivateKey):
        return "certificate-form"
    if now > certificate.not_valid_after_utc:
        return "certificate-ended"
    if now < certificate.not_valid_before_utc:
        return "certificate-not-yet"
    names = [str(one.value) for one in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    # The whole number: group 12099 is not 120999. Seen as IPAWSOPEN_200076 and as IPAWSOPEN200300.
    if not any(_bare(cog_id) == _bare(number) for name in names for number in _NUMBER.findall(name)):
        return "certificate-other-group"
    return GOOD if key.public_key() == certificate.public_key() else "certificate-other-key"


def _bare(number: str) -> str:
    return number.strip().lstrip("0")
