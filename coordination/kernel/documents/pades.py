"""PAdES signatures (ETSI EN 319 142) with an organ's PKCS#12, by pyHanko: making one, and reading those of a file.

The signature is an invisible field: a picture of a seal is never drawn. Level B-B; with root certificates and
revocation lists in the folder `trust` the proof of validity is embedded too, and with a time-stamping server of the
network (`CSX_SEAL_TSA`) that is B-LT.
"""

import hashlib
import logging
from io import BytesIO
from pathlib import Path

from asn1crypto import crl, pem, x509
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from coordination.kernel.documents.seals import Sealed, SealFault, Signature
from coordination.kernel.now import CST, now
from coordination.kernel.organs import Organ

logger = logging.getLogger(__name__)
FIELD = "Seal"
REFUSED = (SigningError, PathError, ValidationError, ValidationInfoReadingError)


def sign(content: bytes, organ: Organ, certificate: str) -> Sealed:
    """The PDF signed in the name of `organ` with the certificate of that file name. Raises SealFault."""
    signer = _signer(Path(settings.SEAL_FOLDER) / certificate)
    _refuse_unfit(signer.signing_cert, organ)
    context = _trust()
    wanted = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=context is not None,
        validation_context=context,
    )
    stamper = HTTPTimeStamper(settings.SEAL_TSA) if settings.SEAL_TSA else None
    try:
        signed = PdfSigner(wanted, signer=signer, timestamper=stamper).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(content))
        )
    except TimestampRequestError as fault:
        raise SealFault("time", fault) from fault
    except REFUSED as fault:
        raise SealFault("untrusted", fault) from fault
    except ValueError as fault:  # a refusal, or no answer of a time server at all: pyHanko reads it as a stamp
        if stamper is None:
            raise
        raise SealFault("time", fault) from fault
    return Sealed(signed.getvalue(), subject_of(signer.signing_cert), fingerprint_of(signer.signing_cert))


def _signer(path: Path) -> SimpleSigner:
    """The organ's key; its passphrase lies beside it (`.pass`) or in the environment."""
    beside = path.with_name(f"{path.name}.pass")
    if not path.is_file():
        raise SealFault("missing", path.name)
    try:
        passphrase = beside.read_text().strip() if beside.exists() else settings.SEAL_PASSPHRASE
        return SimpleSigner.load_pkcs12_data(path.read_bytes(), [], passphrase.encode() or None)
    except (ValueError, OSError) as fault:
        raise SealFault("passphrase", path.name) from fault


def _refuse_unfit(certificate: x509.Certificate, organ: Organ) -> None:
    """In force today, and the organ's own: two files mixed up would seal in another's name."""
    first, last = certificate.not_valid_before, certificate.not_valid_after
    if now() < first:
        raise SealFault("early", f"{first.astimezone(CST):%Y-%m-%d}")
    if now() > last:
        raise SealFault("expired", f"{last.astimezone(CST):%Y-%m-%d}")
    names = certificate.subject.native.values()
    if not any(organ.name in str(name) for name in names):
        raise SealFault("stranger", subject_of(certificate))


def _trust() -> ValidationContext | None:
    """The roots and revocation lists of the installation; None where there are none. Nothing is fetched."""
    folder = Path(settings.SEAL_FOLDER) / "trust"
    roots = [x509.Certificate.load(der) for der in _ders(folder, "*.pem", "*.crt", "*.cer")]
    lists = [crl.CertificateList.load(der) for der in _ders(folder, "*.crl")]
    if not roots or not lists:
        return None
    return ValidationContext(trust_roots=roots, crls=lists, allow_fetching=False, revocation_mode="require")


def _ders(folder: Path, *patterns: str) -> list[bytes]:
    files = [path.read_bytes() for pattern in patterns for path in sorted(folder.glob(pattern))]
    return [pem.unarmor(content)[2] if pem.detect(content) else content for content in files]


def subject_of(certificate: x509.Certificate) -> str:
    """The organ that a certificate names."""
    named = certificate.subject.native
    return str(named.get("common_name") or named.get("organization_name") or certificate.subject.human_friendly)


def fingerprint_of(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def signatures(content: bytes) -> list[Signature]:
    """The signatures in a file that somebody offers; none where it cannot be read as a signed PDF."""
    try:
        return [_read(each) for each in PdfFileReader(BytesIO(content)).embedded_regular_signatures]
    except Exception:  # whatever is wrong with a stranger's file, it is no signed document of ours
        logger.warning("a file that was offered for verification cannot be read", exc_info=True)
        return []


def _read(embedded) -> Signature:
    status = validate_pdf_signature(embedded, ValidationContext(trust_roots=[], allow_fetching=False))
    certificate = embedded.signer_cert
    return Signature(
        subject_of(certificate),
        fingerprint_of(certificate),
        intact=status.intact and status.valid,
        whole=status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES),
    )
