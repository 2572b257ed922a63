"""C2PA sidecars, where the optional library is installed: bound to the movie, signed with a key of one's own, and taken along."""
from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.package.signed import TYPES
from tests.conftest import Ended
from tests.engine.package.delivered import again, changed, restored

Command = Callable[..., Ended]
c2pa = pytest.importorskip("c2pa")
pytest.importorskip("cryptography")


def credentials(folder: Path) -> tuple[Path, Path]:
    """A private key, and its certificate with that of the little authority that signed it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def usage(**on: bool) -> x509.KeyUsage:
        names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
                 "crl_sign", "encipher_only", "decipher_only")
        return x509.KeyUsage(**{name: on.get(name, False) for name in names})

    def name(words: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Filmoteca"), x509.NameAttribute(NameOID.COMMON_NAME, words)])

    root, own, now = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)

    def begun(subject: str, key: Any) -> x509.CertificateBuilder:
        return (x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name("root")).public_key(key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
                .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
                .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), False))

    top = begun("root", root).add_extension(x509.BasicConstraints(True, None), True).add_extension(
        usage(key_cert_sign=True, crl_sign=True), True).sign(root, hashes.SHA256())
    signer = begun("signer", own).add_extension(x509.BasicConstraints(False, None), True).add_extension(
        usage(digital_signature=True), True).add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False).sign(root, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (folder / "own.key").write_bytes(own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    (folder / "chain.pem").write_bytes(signer.public_bytes(pem) + top.public_bytes(pem))
    return folder / "own.key", folder / "chain.pem"


def validated(movie: Path, content: bytes) -> tuple[str, set[str]]:
    said = json.loads(c2pa.Reader(TYPES[movie.suffix], io.BytesIO(content), manifest_data=movie.with_suffix(".c2pa").read_bytes()).json())
    return said["validation_state"], {row["code"] for row in said["validation_status"]}


def test_a_movie_is_signed_beside_it_and_the_bag_takes_it_along(own: Path, answerprint: Command, tmp_path: Path) -> None:
    project, _ = restored(own, package="", formats=("prores422hq",), source_type="algorithmicallyEnhanced")
    key, chain = credentials(tmp_path)
    movie = own / "scan_restored_prores422hq.mov"
    before = movie.read_bytes()
    ended = answerprint("sign", own / "scan_restored.record.json", "--key", key, "--cert", chain)
    assert ended.code == 0, ended.err
    assert movie.read_bytes() == before
    state, codes = validated(movie, before)
    assert state == "Valid"
    assert codes <= {"signingCredential.untrusted"}         # nobody knows this authority
    spoilt = bytearray(before)
    spoilt[len(spoilt) // 2] ^= 1
    state, codes = validated(movie, bytes(spoilt))
    assert state == "Invalid"
    assert any("mismatch" in code for code in codes)

    again(changed(project, package="bagit"))
    packed = own / "scan_restored.bag" / "data" / "scan_restored_prores422hq.c2pa"
    assert packed.is_file()
    assert answerprint("sign", own / "scan_restored.record.json", "--key", key, "--cert", chain).code == 0
    again(project)
    assert packed.read_bytes() == movie.with_suffix(".c2pa").read_bytes()       # the new signature, in a new bag
    assert (own / "scan_restored-1.bag").is_dir()


def test_without_a_confirmed_source_type_nothing_is_signed(own: Path, answerprint: Command, tmp_path: Path) -> None:
    restored(own, package="", formats=("prores422hq",))
    key, chain = credentials(tmp_path)
    ended = answerprint("sign", own / "scan_restored.record.json", "--key", key, "--cert", chain)
    assert ended.code == 1
    assert "--source-type" in ended.err


def test_a_key_of_another_certificate_is_refused(own: Path, answerprint: Command, tmp_path: Path) -> None:
    restored(own, package="", formats=("prores422hq",), source_type="algorithmicallyEnhanced")
    (tmp_path / "other").mkdir()
    key, chain = credentials(tmp_path)[0], credentials(tmp_path / "other")[0]
    ended = answerprint("sign", own / "scan_restored.record.json", "--key", key, "--cert", chain)
    assert ended.code == 1
    assert "Traceback" not in ended.err
    assert not list(own.glob("*.c2pa"))
