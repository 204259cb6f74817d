"""PAdES B-LT: in the file a time stamp of a server of the network (RFC 3161) and the proof that the certificates held.

The authority, its list of revocations and the time server are the test's own; nothing leaves this machine.
"""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature
from pypdf import PdfReader, PdfWriter

from coordination.kernel.documents import IssuedDocument
from tests.kernel.archival import faults
from tests.kernel.signers import Authority
from tests.kernel.test_documents_printing import shelf
from tests.kernel.test_documents_sealing import asked, authority, certificates, letter, printed, read

__all__ = ["authority", "certificates", "letter", "shelf"]


class TimeServer(HTTPServer):
    """Answers time-stamp requests over HTTP; counts them, and can be told to refuse."""

    def __init__(self, stamper) -> None:
        super().__init__(("127.0.0.1", 0), Stamping)
        self.stamper, self.asked, self.refuses = stamper, 0, False


class Stamping(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked += 1
        if self.server.refuses:
            answer = tsp.TimeStampResp({"status": tsp.PKIStatusInfo({"status": "rejection"})})
        else:
            answer = self.server.stamper.request_tsa_response(request)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer.dump())

    def log_message(self, *words) -> None:
        """Tests speak for themselves."""


@pytest.fixture
def clock(authority, settings):
    server = TimeServer(authority.time_server())
    settings.SEAL_TSA = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def stamped(letter, certificates, authority, clock) -> IssuedDocument:
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    authority.publish(certificates / "trust")
    paper = printed(letter)
    assert paper.seal.made, paper.seal.trouble
    return paper


def long_term(content: bytes, authority: Authority):
    """What a reader finds who has nothing but the file and the root, with no list of revocations of his own."""
    root = asn1.Certificate.load(authority.root.public_bytes(Encoding.DER))
    file = PdfFileReader(BytesIO(content))
    (signature,) = file.embedded_regular_signatures
    trust = {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "require"}
    return validate_pdf_signature(signature, DocumentSecurityStore.read_dss(file).as_validation_context(trust))


def test_the_file_proves_by_itself_who_signed_when_and_that_the_certificate_held(stamped, authority, clock):
    content = read(stamped.seal.pdf)
    assert clock.asked >= 1
    status = long_term(content, authority)
    assert status.bottom_line, status.pretty_print_details()
    assert status.timestamp_validity.trusted
    assert abs(status.timestamp_validity.timestamp - datetime.now(UTC)) < timedelta(hours=1)
    assert faults(content) == [], "it is PDF/A still"


def test_the_verification_page_knows_it_for_ours(client, stamped):
    page = asked(client, stamped, read(stamped.seal.pdf))
    assert f"签章有效：文件由{stamped.organ.name}签章" in page


def test_a_changed_byte_of_the_page_is_shown(client, stamped):
    content = bytearray(read(stamped.seal.pdf))
    content[content.index(b"stream") + 40] ^= 1
    page = asked(client, stamped, bytes(content))
    assert f"签章无效：文件在{stamped.organ.name}签章以后被改动过" in page
    assert "签章有效" not in page


def test_a_changed_byte_of_the_proof_makes_it_another_file_and_proves_nothing(client, stamped, authority):
    """The proof stands behind what is signed: the signature holds, but the file is not the one that was issued."""
    content = bytearray(read(stamped.seal.pdf))
    proof = authority.published
    content[content.index(proof) + len(proof) // 2] ^= 1
    page = asked(client, stamped, bytes(content))
    assert "签章有效" not in page
    assert "又添加了内容" in page or "不一致" in page


def test_what_is_appended_behind_the_proof_is_shown(client, stamped):
    writer = PdfWriter(BytesIO(read(stamped.seal.pdf)), incremental=True)
    writer.pages[0].rotate(90)
    changed = BytesIO()
    writer.write(changed)
    page = asked(client, stamped, changed.getvalue())
    assert "签章以后又添加了内容" in page
    assert "签章有效" not in page


def test_without_a_time_stamp_the_file_is_no_long_term_proof(letter, certificates, authority):
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    authority.publish(certificates / "trust")
    content = read(printed(letter).seal.pdf)
    assert PdfReader(BytesIO(content)).trailer["/Root"]["/DSS"]
    assert long_term(content, authority).timestamp_validity is None


def test_a_time_server_that_refuses_leaves_the_paper_unsigned_and_is_asked_again(
    letter, certificates, authority, clock
):
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    authority.publish(certificates / "trust")
    clock.refuses = True
    paper = printed(letter)
    assert (paper.printed, paper.seal.made) == (True, False)
    assert "时间戳服务没有给出时间戳" in paper.seal.trouble
    clock.refuses = False
    assert printed(letter).seal.made


def test_a_time_server_whose_certificate_is_revoked_stamps_nothing(letter, certificates, authority, clock):
    authority.give(letter.organ.name, certificates / f"{letter.organ.key}.p12")
    authority.publish(certificates / "trust", authority.clock_certificate)
    paper = printed(letter)
    assert not paper.seal.made
    assert "没有通过验证" in paper.seal.trouble
