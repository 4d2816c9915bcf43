"""A signature counts when a certificate we hold made it, over the whole alert, and nothing changed since."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner

from allhands.wire import cap
from allhands.wire.cap import signature
from allhands.wire.cap.tests.bad_alerts import GOOD
from allhands.wire.hardened_xml import Limits

NOW = datetime(2026, 11, 24, tzinfo=UTC)
Pems = tuple[bytes, bytes]


def _key_and_certificate(name: str) -> Pems:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return _pem(key), certificate.public_bytes(serialization.Encoding.PEM)


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


@pytest.fixture(scope="module")
def ours() -> Pems:
    return _key_and_certificate("IPAWSOPEN_120075")


@pytest.fixture(scope="module")
def signed(ours: Pems) -> bytes:
    return cap.sign(GOOD.encode(), key_pem=ours[0], certificate_pem=ours[1])


def test_signed_alert_verifies_and_is_still_valid(ours: Pems, signed: bytes) -> None:
    verified = cap.verify(signed, trusted_pem=[ours[1]], at=NOW)
    assert cap.decode(verified.data).alert == cap.decode(GOOD.encode()).alert
    checked = cap.check(signed, profile=cap.PROFILES["ipaws10"])
    assert checked.accepted
    assert checked.signed


def test_signature_is_made_as_ipaws_asks(signed: bytes) -> None:
    for algorithm in (b"xmldsig-more#rsa-sha256", b"xmlenc#sha256", b"#enveloped-signature", b"xml-exc-c14n#"):
        assert algorithm in signed
    assert signed.rstrip().endswith(b"Signature></alert>")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Green coat", b"Green hat."),
        (b"EX-1", b"EX-2"),
        (b"    <area>", b"   <area>"),
        (b"35.0,-110.0", b"35.1,-110.0"),
    ],
    ids=["text", "identifier", "one blank", "place"],
)
def test_any_change_breaks_the_signature(ours: Pems, signed: bytes, old: bytes, new: bytes) -> None:
    with pytest.raises(cap.SignatureRefused) as refused:
        cap.verify(signed.replace(old, new, 1), trusted_pem=[ours[1]], at=NOW)
    assert refused.value.finding.code == "cap.signature-untrusted"


def test_certificate_inside_the_document_is_not_trusted(signed: bytes) -> None:
    stranger = _key_and_certificate("IPAWSOPEN_120075")
    for trusted in ([], [stranger[1]]):
        with pytest.raises(cap.SignatureRefused) as refused:
            cap.verify(signed, trusted_pem=trusted, at=NOW)
        assert refused.value.finding.code == "cap.signature-untrusted"


def test_signature_of_another_alert_does_not_count(ours: Pems, signed: bytes) -> None:
    inner = signed.partition(b"?>\n")[2]
    wrapped = GOOD.encode().replace(b"</alert>", b"<note/>" + inner + b"</alert>")
    with pytest.raises(cap.SignatureRefused) as refused:
        cap.verify(wrapped, trusted_pem=[ours[1]], at=NOW)
    assert refused.value.finding.code == "cap.signature-missing"


@pytest.mark.parametrize(
    ("method", "digest", "reference", "code"),
    [
        (SignatureMethod.RSA_SHA1, DigestAlgorithm.SHA256, "", "cap.signature-untrusted"),
        (SignatureMethod.RSA_SHA256, DigestAlgorithm.SHA1, "", "cap.signature-untrusted"),
        (SignatureMethod.RSA_SHA256, DigestAlgorithm.SHA256, "#whole", "cap.signature-part"),
    ],
    ids=["old signature", "old digest", "a part by its name"],
)
def test_weaker_signature_of_ours_does_not_count(
    ours: Pems, method: SignatureMethod, digest: DigestAlgorithm, reference: str, code: str
) -> None:
    root = etree.fromstring(GOOD.encode())
    if reference:
        root.set("Id", reference.removeprefix("#"))
    signer = _AnyAge(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=method,
        digest_algorithm=digest,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    signed = signer.sign(root, key=ours[0], cert=ours[1].decode(), reference_uri=reference or None)
    with pytest.raises(cap.SignatureRefused) as refused:
        cap.verify(etree.tostring(signed), trusted_pem=[ours[1]], at=NOW)
    assert refused.value.finding.code == code


class _AnyAge(XMLSigner):
    """The library's signer without its refusal of SHA-1, which a stranger's has not either."""

    def check_deprecated_methods(self) -> None:
        pass


def test_expired_certificate_does_not_count(ours: Pems, signed: bytes) -> None:
    with pytest.raises(cap.SignatureRefused) as refused:
        cap.verify(signed, trusted_pem=[ours[1]], at=NOW + timedelta(days=2))
    assert refused.value.finding.code == "cap.signature-expired"


def test_alert_is_signed_once(ours: Pems, signed: bytes) -> None:
    with pytest.raises(cap.SignatureRefused) as refused:
        cap.sign(signed, key_pem=ours[0], certificate_pem=ours[1])
    assert refused.value.finding.code == "cap.signature-present"


def test_other_kinds_of_key_are_refused(ours: Pems) -> None:
    with pytest.raises(cap.SignatureRefused) as refused:
        cap.sign(GOOD.encode(), key_pem=_pem(ec.generate_private_key(ec.SECP256R1())), certificate_pem=ours[1])
    assert refused.value.finding.code == "cap.signature-key"


@pytest.mark.parametrize(
    "declared", ["", ' xmlns:ns2="http://gov.fema.ipaws.services/caprequest"'], ids=["plain", "stray"]
)
@pytest.mark.parametrize(
    "around",
    [
        '<f:alerts xmlns:f="http://gov.fema.ipaws.services/feed" xmlns:other="urn:other">%s</f:alerts>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="urn:x"><entry><content>\n%s\n</content></entry></feed>',
    ],
    ids=["IPAWS", "Atom"],
)
def test_signed_alert_verifies_when_it_is_taken_out_of_a_list(ours: Pems, around: str, declared: str) -> None:
    """IPAWS digests in the inclusive form: what a list declares around an alert is not the alert's."""
    document = GOOD.partition("?>")[2].replace('cap:1.2">', f'cap:1.2"{declared}>')
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    signed = signer.sign(etree.fromstring(document), key=ours[0], cert=ours[1].decode())
    [entry] = cap.decode_feed((around % etree.tostring(signed).decode()).encode()).entries
    verified = cap.verify(entry.data, trusted_pem=[ours[1]], at=NOW)
    assert cap.decode(verified.data).alert == cap.decode(GOOD.encode()).alert


def test_prefix_that_an_alert_uses_goes_with_it() -> None:
    namespace = cap.CapVersion.V1_2.value
    body = GOOD.partition("?>")[2].replace(f' xmlns="{namespace}"', "")
    prefixed = re.sub("<(/?)", r"<\1c:", body)
    around = f'xmlns:f="http://gov.fema.ipaws.services/feed" xmlns:c="{namespace}"'
    listed = f"<f:alerts {around}>{prefixed}</f:alerts>"
    [entry] = cap.decode_feed(listed.encode()).entries
    assert cap.decode(entry.data).alert == cap.decode(GOOD.encode()).alert
    assert b"ipaws" not in entry.data


def _codes(checked: cap.Checked | cap.CheckedFeed) -> list[tuple[str, str]]:
    return [(finding.path, finding.code) for finding in checked.findings]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Green coat", b"Green hat."),
        (b"    <area>", b"   <area>"),
        (b"<ds:DigestValue>", b"<ds:DigestValue>AAAA"),
        (b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA"),
    ],
    ids=["text", "one blank", "digest", "signature"],
)
def test_check_says_that_a_signed_alert_was_changed(signed: bytes, old: bytes, new: bytes) -> None:
    assert old in signed
    assert _codes(cap.check(signed.replace(old, new, 1))) == [("/alert/Signature", "cap.signature-broken")]


def test_check_says_that_a_signature_carries_anothers_certificate(signed: bytes) -> None:
    _, stranger = _key_and_certificate("IPAWSOPEN_120075")
    other = b"".join(stranger.split(b"-----")[2].split())
    changed = re.sub(b"(?<=<ds:X509Certificate>)[^<]*", lambda _: other, signed)
    assert _codes(cap.check(changed)) == [("/alert/Signature", "cap.signature-broken")]


def test_check_finds_the_changed_one_in_a_list(signed: bytes) -> None:
    whole = signed.partition(b"?>")[2]
    around = b'<f:alerts xmlns:f="http://gov.fema.ipaws.services/feed">%s%s</f:alerts>'
    checked = cap.check_any(around % (whole, whole.replace(b"Green coat", b"Green hat.")))
    assert _codes(checked) == [("/alerts/alert[2]/Signature", "cap.signature-broken")]


def test_signature_of_a_kind_we_do_not_judge_is_left_alone(ours: Pems, signed: bytes) -> None:
    changed = signed.replace(b"Green coat", b"Green hat.")
    older = changed.replace(b"2001/04/xmldsig-more#rsa-sha256", b"2000/09/xmldsig#rsa-sha1")
    bare = re.sub(b"<ds:X509Data>.*</ds:X509Data>", b"<ds:KeyName>ours</ds:KeyName>", changed, flags=re.DOTALL)
    no_certificate = re.sub(b"(?<=<ds:X509Certificate>)[^<]*", b"AAAA", changed)
    for document in (older, bare, no_certificate):
        assert document != changed
        assert _codes(cap.check(document)) == []


P256, NO_CURVE = b"\x2a\x86\x48\xce\x3d\x03\x01\x07", b"\x2a\x86\x48\xce\x3d\x03\x01\x7f"


def _with_unknown_curve() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.serial_number(7).not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1))
    whole = dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    assert P256 in whole
    return base64.b64encode(whole.replace(P256, NO_CURVE)).decode()


def _beside(signed: bytes, *certificates: str) -> bytes:
    """With more certificates, before the one that is there."""
    elements = "".join(f"<ds:X509Certificate>{one}</ds:X509Certificate>" for one in certificates)
    return signed.replace(b"<ds:X509Data>", b"<ds:X509Data>" + elements.encode())


def test_certificate_with_a_key_that_nobody_knows_is_passed_over(signed: bytes) -> None:
    strange = _beside(signed, _with_unknown_curve())
    assert _codes(cap.check(strange)) == []
    changed = strange.replace(b"Green coat", b"Green hat.")
    assert _codes(cap.check(changed)) == [("/alert/Signature", "cap.signature-broken")]


def test_so_many_certificates_are_tried_and_no_more(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[x509.Certificate] = []
    monkeypatch.setattr(signature, "_signed_by", lambda _data, certificate: tried.append(certificate))
    _, stranger = _key_and_certificate("IPAWSOPEN_120075")
    many = _beside(signed, *["".join(stranger.decode().split("-----")[2].split())] * 50)
    assert _codes(cap.check(many)) == [("/alert/Signature", "cap.signature-broken")]
    assert len(tried) == 10


@pytest.mark.parametrize(
    "padding", [b"x" * 5_100_000, b"<![CDATA[" + b"&" * 2_200_000 + b"]]>"], ids=["long", "longer when it stands alone"]
)
def test_one_long_signed_alert_does_not_lose_the_list(signed: bytes, padding: bytes) -> None:
    whole = signed.partition(b"?>")[2]
    around = b'<f:alerts xmlns:f="http://gov.fema.ipaws.services/feed">%s%s</f:alerts>'
    checked = cap.check_any(around % (whole.replace(b"Green coat", padding, 1), whole))
    assert isinstance(checked, cap.CheckedFeed)
    assert [alert.accepted for alert in checked.alerts] == [False, True]
    assert ("/alerts/alert[1]/Signature", "cap.signature-broken") in _codes(checked)


def test_larger_limits_hold_for_the_signature_too(signed: bytes) -> None:
    long = signed.replace(b"Green coat", b"x" * 5_100_000, 1)
    codes = _codes(cap.check(long, limits=Limits(max_bytes=6_000_000)))
    assert ("/alert/Signature", "cap.signature-broken") in codes
