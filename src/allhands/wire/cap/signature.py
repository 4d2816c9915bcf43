"""Enveloped XML signatures on alerts: RSA with SHA-256, exclusive canonical form, one reference to the whole document.

Source: CAP-v1.2-os 3.3.2.1; the form is the one IPAWS signs with.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from allhands.kernel.findings import Finding, Level
from allhands.wire.cap.decode import decode
from allhands.wire.cap.errors import CapError
from allhands.wire.cap.grammar import SIGNATURE
from allhands.wire.errors import CodecError
from allhands.wire.hardened_xml import ONE_DOCUMENT, Limits, parse

_DS: Final = SIGNATURE.removesuffix("Signature")
_EXPECTED: Final = SignatureConfiguration(
    location="./",
    expect_references=1,
    signature_methods=frozenset({SignatureMethod.RSA_SHA256}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
)


# A chain to its root has four; each is tried against the whole document.
_MOST_CERTIFICATES: Final = 10


class SignatureRefused(CodecError):
    """The signature is absent, does not fit the bytes, or belongs to nobody we trust."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the signature covers.

    Args:
        data: the signed part alone, in canonical form and without the signature: decode this, not what came in.
        certificate_sha256: fingerprint, in hex, of the trusted certificate that signed.
    """

    data: bytes
    certificate_sha256: str


def sign(data: bytes, *, key_pem: bytes, certificate_pem: bytes) -> bytes:
    """The alert with its signature as the last child. Any later change, blanks included, breaks it.

    Raises:
        CapError: the bytes are no CAP alert.
        SignatureRefused: already signed, or the key is not RSA.
    """
    decode(data)
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.find(SIGNATURE) is not None:
        raise _refused("signature-present", "The alert is signed already.")
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    try:
        key = serialization.load_pem_private_key(key_pem, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise _refused("signature-key", "IPAWS takes RSA keys only.")
        signed = signer.sign(root, key=key, cert=certificate_pem.decode("ascii"), always_add_key_value=False)
    except (SignXMLException, ValueError, TypeError) as wrong:
        raise _refused("signature-key", f"The key or certificate cannot sign: {wrong}") from None
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(signed, encoding="UTF-8")


def verify(data: bytes, *, trusted_pem: Sequence[bytes], at: datetime, limits: Limits = ONE_DOCUMENT) -> Verified:
    """What the alert's signature covers, when a certificate we hold made it.

    A certificate inside the document says who claims to have signed; only those given here count.

    Args:
        trusted_pem: the certificates we trust, one PEM text each.
        at: aware instant at which the certificate must be valid.
    Raises:
        CapError: the bytes are no CAP alert.
        SignatureRefused: codes cap.signature-missing, -part, -untrusted, -expired.
    """
    root = parse(data, limits=limits, error=CapError, prefix="cap")
    signatures = root.findall(SIGNATURE)
    if len(signatures) != 1:
        raise _refused("signature-missing", "The alert carries no signature of its own, or several.")
    if [reference.get("URI") for reference in signatures[0].iterfind(f"{_DS}SignedInfo/{_DS}Reference")] != [""]:
        raise _refused("signature-part", "The signature names a part of the document; it must cover the whole alert.")
    for pem in trusted_pem:
        certificate = x509.load_pem_x509_certificate(pem)
        signed = _signed_by(data, certificate)
        if signed is not None:
            _check_period(certificate, at)
            return Verified(data=signed, certificate_sha256=certificate.fingerprint(hashes.SHA256()).hex())
    raise _refused(
        "signature-untrusted", "The signature fits no certificate we trust, or the alert was changed after signing."
    )


def is_broken(data: bytes, *, limits: Limits = ONE_DOCUMENT) -> bool:
    """Whether an alert's signature contradicts it: by the certificate in it, something was changed since.

    False says nothing of whose it is (`verify` does), nor of a signature of a kind that we do not judge: several, an
    older algorithm, a part of the document, no certificate inside.

    Raises:
        CapError: the bytes are no CAP alert.
    """
    root = parse(data, limits=limits, error=CapError, prefix="cap")
    signatures = root.findall(SIGNATURE)
    if len(signatures) != 1 or not _is_of_our_kind(signatures[0]):
        return False
    certificates = list(_certificates_in(signatures[0]))
    return bool(certificates) and all(_signed_by(data, certificate) is None for certificate in certificates)


def _is_of_our_kind(signature: etree._Element) -> bool:
    signed_info = f"{_DS}SignedInfo"
    references = signature.findall(f"{signed_info}/{_DS}Reference")
    method = signature.find(f"{signed_info}/{_DS}SignatureMethod")
    digest = signature.find(f"{signed_info}/{_DS}Reference/{_DS}DigestMethod")
    if method is None or digest is None or [one.get("URI") for one in references] != [""]:
        return False
    algorithms = (method.get("Algorithm"), digest.get("Algorithm"))
    return algorithms == (SignatureMethod.RSA_SHA256.value, DigestAlgorithm.SHA256.value)


def _certificates_in(signature: etree._Element) -> Iterator[x509.Certificate]:
    found = signature.iterfind(f"{_DS}KeyInfo/{_DS}X509Data/{_DS}X509Certificate")
    for element in itertools.islice(found, _MOST_CERTIFICATES):
        try:
            certificate = x509.load_der_x509_certificate(base64.b64decode(element.text or ""))
            is_rsa = isinstance(certificate.public_key(), rsa.RSAPublicKey)
        except (ValueError, UnsupportedAlgorithm):  # no certificate, or a key of a kind nobody here knows
            continue
        if is_rsa:
            yield certificate


def _signed_by(data: bytes, certificate: x509.Certificate) -> bytes | None:
    try:
        # The library would ask today's clock whether the certificate holds; the caller's instant is asked afterwards.
        expected = replace(_EXPECTED, verification_time=certificate.not_valid_before_utc)
        result = XMLVerifier().verify(data, x509_cert=certificate, expect_config=expected)
    except (SignXMLException, UnsupportedAlgorithm, ValueError, TypeError, etree.LxmlError):
        return None
    covered = result[0] if isinstance(result, list) else result
    # The whole alert must be covered: a signature over a part could stand beside text nobody signed.
    is_whole = covered.signed_xml is not None and etree.QName(covered.signed_xml).localname == "alert"
    return covered.signed_data if is_whole else None


def _check_period(certificate: x509.Certificate, at: datetime) -> None:
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise _refused("signature-expired", "The certificate was not valid at that time.")


def _refused(code: str, message: str) -> SignatureRefused:
    finding = Finding(path="/alert/Signature", code=f"cap.{code}", level=Level.ERROR, message=message)
    return SignatureRefused(finding, unreadable=False)
