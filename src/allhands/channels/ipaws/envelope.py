"""SOAP 1.1 with WS-Security 1.0: one signature over the body. Pure. Source: dossier interfaces 1.1 to 1.3.

The alert carries a signature of its own, made before; its bytes are never touched again.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
REQUEST: Final = "http://gov.fema.ipaws.services/caprequest"
_WSS: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
WSSE: Final = f"{_WSS}-wssecurity-secext-1.0.xsd"
WSU: Final = f"{_WSS}-wssecurity-utility-1.0.xsd"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_C14N: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
_RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def post_cap_body(signed_cap: bytes, namespace: str) -> bytes:
    """Body of postCAP around a signed alert, without its XML declaration."""
    alert = signed_cap.partition(b"?>")[2].strip() if signed_cap.startswith(b"<?xml") else signed_cap.strip()
    open_tag = f'<ipaws:postCAPRequestTypeDef xmlns:ipaws="{namespace}">'.encode()
    return open_tag + alert + b"</ipaws:postCAPRequestTypeDef>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One condition of a question, such as `sent` `greaterthan` an instant; a bare value has neither."""

    value: str
    name: str = ""
    comparison: str = ""


def get_request_body(operation: str, namespace: str, parameters: Sequence[Parameter] = ()) -> bytes:
    """Body of getRequest for one operation, such as getAck or getMessageListAll."""
    return _question("getRequestTypeDef", operation, namespace, parameters)


def get_message_body(operation: str, namespace: str, parameters: Sequence[Parameter] = ()) -> bytes:
    """Body of getMessage, which is answered with whole alerts."""
    return _question("getMessageTypeDef", operation, namespace, parameters)


def _question(kind: str, operation: str, namespace: str, parameters: Sequence[Parameter]) -> bytes:
    """The elements of a parameter stand in this order; those that are empty are left out (dossier 1.3)."""
    asked = "".join(
        "<req:parameters>"
        + (f"<req:parameterName>{escape(one.name)}</req:parameterName>" if one.name else "")
        + (f"<req:comparisonOp>{escape(one.comparison)}</req:comparisonOp>" if one.comparison else "")
        + f"<req:parameterValue>{escape(one.value)}</req:parameterValue></req:parameters>"
        for one in parameters
    )
    return (
        f'<ipaws:{kind} xmlns:ipaws="{namespace}" xmlns:req="{REQUEST}">'
        f"<req:requestAPI>REQUEST1</req:requestAPI><req:requestOperation>{escape(operation)}</req:requestOperation>"
        f"{asked}</ipaws:{kind}>"
    ).encode()


def seal(body: bytes, *, user: str, cog_id: str, namespace: str, key_pem: bytes, certificate_pem: bytes) -> bytes:
    """The whole envelope, signed.

    Raises:
        ValueError: the key is not RSA, or key and certificate cannot be read.
    """
    key = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("IPAWS takes RSA keys only")
    certificate = x509.load_pem_x509_certificate(certificate_pem)
    token = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()
    root = etree.fromstring(_frame(body, token, user=user, cog_id=cog_id, namespace=namespace), _PARSER)
    _sign(root, key)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8")


def _frame(body: bytes, token: str, *, user: str, cog_id: str, namespace: str) -> bytes:
    signature = (
        f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{_C14N}"/>'
        f'<ds:SignatureMethod Algorithm="{_RSA_SHA256}"/><ds:Reference URI="#body"><ds:Transforms>'
        f'<ds:Transform Algorithm="{_C14N}"/></ds:Transforms><ds:DigestMethod Algorithm="{_SHA256}"/>'
        "<ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo>"
        '<wsse:SecurityTokenReference><wsse:Reference URI="#token" '
        f'ValueType="{_WSS}-x509-token-profile-1.0#X509v3"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>'
    )
    head = (
        f'<soap:Envelope xmlns:soap="{SOAP}" xmlns:wsu="{WSU}"><soap:Header>'
        f'<wsse:Security xmlns:wsse="{WSSE}" soap:mustUnderstand="1"><wsse:BinarySecurityToken wsu:Id="token" '
        f'EncodingType="{_WSS}-soap-message-security-1.0#Base64Binary" '
        f'ValueType="{_WSS}-x509-token-profile-1.0#X509v3">{token}</wsse:BinarySecurityToken>{signature}</wsse:Security>'
        f'<ipaws:CAPHeaderTypeDef xmlns:ipaws="{namespace}"><ipaws:logonUser>{escape(user)}</ipaws:logonUser>'
        f"<ipaws:logonCogId>{escape(cog_id)}</ipaws:logonCogId></ipaws:CAPHeaderTypeDef></soap:Header>"
        '<soap:Body wsu:Id="body">'
    )
    return head.encode() + body + b"</soap:Body></soap:Envelope>"


def _sign(root: etree._Element, key: rsa.RSAPrivateKey) -> None:
    body = _only(root, f"{{{SOAP}}}Body")
    _only(root, f"{{{DS}}}DigestValue", outer=True).text = _base64(hashlib.sha256(_canonical(body)).digest())
    info = _only(root, f"{{{DS}}}SignedInfo", outer=True)
    _only(root, f"{{{DS}}}SignatureValue", outer=True).text = _base64(
        key.sign(_canonical(info), padding.PKCS1v15(), hashes.SHA256())
    )


def _only(root: etree._Element, name: str, *, outer: bool = False) -> etree._Element:
    """The element; `outer` means the one in the header, since the alert inside has a signature too."""
    where = _only(root, f"{{{SOAP}}}Header") if outer else root
    found = next(where.iter(name), None)
    assert found is not None, "the frame above holds it"
    return found


def _canonical(element: etree._Element) -> bytes:
    written: bytes = etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
    return written


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
