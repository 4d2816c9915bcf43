"""The fingerprint of a frozen delivery."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from allhands.channels import models


def digest_of(row: models.Delivery, part_digests: Mapping[str, str]) -> str:
    """The fingerprint of everything the recipient gets and where it goes; ids and times are not in it."""
    frozen = {
        "channel": row.channel,
        "sender": row.sender_agency_id,
        "recipient": [row.recipient_agency_id, row.recipient_member, row.address],
        "refers_to": row.refers_to,
        "subject": row.subject,
        "body": hashlib.sha256(bytes(row.body)).hexdigest(),
        "parts": dict(part_digests),
    }
    return hashlib.sha256(json.dumps(frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
