"""How this node reaches IPAWS-OPEN, read from the settings in one place. No production address is known or guessed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class IpawsSettings:
    """What FEMA hands over with the certificate, and names that differ between versions of the interface.

    Args:
        url: where messages are posted.
        cog_id, cog_name: the collaborative operating group; the certificate's name must hold the id.
        user: whose logon is traced; the acting operator's.
        key_pem, certificate_pem: RSA, the same for both signatures.
        service_namespace: of operations and SOAP actions; some versions write it with https.
        feed_url: public list in which our own identifier is looked for; empty: not looked for.
        trusted_file: authorities of a server with a certificate of its own; empty: the usual ones.
    """

    url: str
    cog_id: str
    cog_name: str
    user: str
    key_pem: bytes
    certificate_pem: bytes
    service_namespace: str
    feed_url: str
    trusted_file: str


def find_ipaws_settings() -> IpawsSettings | None:
    """The settings, or None while anything that is needed is missing or cannot be read."""
    files = settings.ALLHANDS_IPAWS_KEY_FILE, settings.ALLHANDS_IPAWS_CERTIFICATE_FILE
    if not settings.ALLHANDS_IPAWS_URL or not settings.ALLHANDS_IPAWS_COG or not all(files):
        return None
    try:
        key, certificate = (Path(name).read_bytes() for name in files)
    except OSError:
        return None
    return IpawsSettings(
        url=settings.ALLHANDS_IPAWS_URL,
        cog_id=settings.ALLHANDS_IPAWS_COG,
        cog_name=settings.ALLHANDS_IPAWS_COG_NAME,
        user=settings.ALLHANDS_IPAWS_USER,
        key_pem=key,
        certificate_pem=certificate,
        service_namespace=settings.ALLHANDS_IPAWS_NAMESPACE,
        feed_url=settings.ALLHANDS_IPAWS_FEED_URL,
        trusted_file=settings.ALLHANDS_IPAWS_TRUSTED_FILE,
    )
