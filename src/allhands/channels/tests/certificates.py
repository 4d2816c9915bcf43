"""Keys and certificates made for one test run; they guard nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


@cache
def cog_pair(common_name: str = "IPAWSOPEN_120999") -> tuple[bytes, bytes]:
    """Key and certificate of a group, PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
    certificate = built.sign(key, hashes.SHA256())
    key_pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return key_pem, certificate.public_bytes(serialization.Encoding.PEM)


def write_pair(folder: Path) -> tuple[Path, Path]:
    """The pair as files."""
    key, certificate = cog_pair()
    files = folder / "cog.key", folder / "cog.pem"
    for file, content in zip(files, (key, certificate), strict=True):
        file.write_bytes(content)
    return files
