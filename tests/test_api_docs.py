"""The worked example of docs/api.md, call by call, and its check of a signature."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from coordination.kernel.matters import Matter
from coordination.kernel.posting import signature
from tests.county import picture
from tests.kernel.apiclient import client

GUIDE = Path(__file__).parents[1] / "docs/api.md"
WHO = {"officer": "yangfangkou.officer1", "approver": "yangfangkou.approver", "receiver": "shengtai.officer1"}
BLOCK = re.compile(r"^```http\n(.*?)^```", re.S | re.M)


@dataclass
class Call:
    method: str
    path: str
    headers: dict
    body: str
    status: int
    keep: dict


def calls() -> list[Call]:
    return [call(block) for block in BLOCK.findall(GUIDE.read_text())]


def call(block: str) -> Call:
    """Request line and headers, a blank line, the body if there is one, and what comes back after the arrow."""
    said, _arrow, end = block.partition("→ ")
    head, _blank, body = said.partition("\n\n")
    line, *rest = head.splitlines()
    status, *kept = end.split()
    headers = dict(each.split(": ", 1) for each in rest)
    return Call(*line.split(), headers, body.strip(), int(status), dict(each.split("=") for each in kept))


def filled(words: str, known: dict) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: str(known[name[1]]), words)


def picked(body: object, path: str) -> object:
    for part in path.split("."):
        body = body[int(part)] if part.isdecimal() else body[part]
    return body


def sent(call: Call, known: dict):
    """Make the call as the guide writes it."""
    program = client(WHO[call.headers["Authorization"].removeprefix("Token ").strip("{}")])
    address, body = filled(call.path, known), filled(call.body, known)
    if call.method == "GET":
        return program.get(address)
    if "multipart" in call.headers.get("Content-Type", ""):
        fields = json.loads(body)
        return program.post(address, fields | {"file": picture()}, format="multipart")
    key = {"Idempotency-Key": call.headers["Idempotency-Key"]} if "Idempotency-Key" in call.headers else {}
    return program.post(address, body, content_type="application/json", headers=key)


@pytest.mark.rules("NW-1.1", "NW-1.13", "NW-3.21")
def test_the_worked_example_runs_as_it_is_written(ningwu):
    known: dict = {}
    assert len(calls()) == GUIDE.read_text().count("```http")
    for each in calls():
        answer = sent(each, known)
        assert answer.status_code == each.status, (each, answer.getvalue())
        known |= {name: picked(answer.json(), path) for name, path in each.keep.items()}
        if answer.streaming:
            assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert known["stage"] == "accepted"
    assert Matter.objects.get(number=known["referral"]).holder.key == "ningwu.shengtai"


def test_the_check_of_a_signature_is_right():
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.S)
    names: dict = {}
    exec(code, names)  # noqa: S102  the guide's own words
    header = f"t=1000,v1={signature('word', 1000, b'{}')}"
    assert names["genuine"]("word", header, b"{}", now=1010)
    assert not names["genuine"]("word", header, b"[]", now=1010)
    assert not names["genuine"]("other", header, b"{}", now=1010)
    assert not names["genuine"]("word", header, b"{}", now=9999)
