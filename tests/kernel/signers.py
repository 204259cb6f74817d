"""A certificate authority of our own and the organs' certificates that it gives out, made anew for each test."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

#: In force in travelled time and in the machine's own, by which pyHanko goes.
SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
DAY = timedelta(days=1)
PASSPHRASE = "only-for-tests"


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Authority:
    """A root that signs, and its list of revoked certificates."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.root = (
            self._built("测试根证书", self.key.public_key(), UNTIL)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(*[False] * 5, True, True, False, False), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def _built(self, name: str, key, until: datetime) -> x509.CertificateBuilder:
        built = x509.CertificateBuilder().subject_name(named(name)).issuer_name(named("测试根证书")).public_key(key)
        return built.serial_number(x509.random_serial_number()).not_valid_before(SINCE).not_valid_after(until)

    def give(self, organ: str, path: Path, until: datetime = UNTIL) -> x509.Certificate:
        """A PKCS#12 for an organ at `path`, in force to `until`."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._built(organ, key.public_key(), until)
            .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = BestAvailableEncryption(PASSPHRASE.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, [self.root], lock))
        return certificate

    def time_server(self) -> DummyTimeStamper:
        """What a time-stamping server answers (RFC 3161), with a certificate of this authority."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        certificate = (
            self._built("测试时间戳服务", key.public_key(), UNTIL)
            .add_extension(x509.KeyUsage(True, *[False] * 8), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self.clock_certificate = certificate
        plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(
            asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(plain),
            fixed_dt=datetime.now(UTC).replace(microsecond=0),
        )

    def publish(self, folder: Path, *revoked: x509.Certificate) -> None:
        """The root and the list of revocations, as an installation keeps them."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "root.pem").write_bytes(self.root.public_bytes(Encoding.PEM))
        today = datetime.now(UTC)
        listed = x509.CertificateRevocationListBuilder().issuer_name(named("测试根证书"))
        listed = listed.last_update(today - DAY).next_update(today + 30 * DAY)
        for each in revoked:
            row = x509.RevokedCertificateBuilder().serial_number(each.serial_number).revocation_date(today - DAY)
            listed = listed.add_revoked_certificate(row.build())
        listed = listed.add_extension(x509.CRLNumber(1), critical=False)
        self.published = listed.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)
        (folder / "root.crl").write_bytes(self.published)
