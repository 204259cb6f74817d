"""The proof of the journal, checked without the product: `python verifier.py EXPORT.jsonl [--key HEX] [--code CODE]`.

Needs an export of `manage.py verify_journal --export`, Python and the package `cryptography`; nothing of Django. The
journal writes by the definitions that stand here, so that there is one definition of each: canonical bytes, chain,
commitment, Merkle tree, code. Reads a stream; what must be remembered lies in a temporary file, not in memory.
"""

import sys

if __name__ == "__main__":  # beside this file lies a package `calendar`, which must not hide the standard one
    sys.path[:] = [place for place in sys.path if place != __file__.rpartition("/")[0]]

import argparse
import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SM3, Hash

ALGORITHMS = ("sm3", "sha256")
GENESIS = bytes(32)
ERASURE = "erase_words"
_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def gettext_noop(words: str) -> str:
    """Marks words for translation; the product translates them, this file shows them as they stand."""
    return words


#: What can be wrong, in words. `%(where)s` is a matter's entry or a checkpoint.
FAULTS = {
    "format": gettext_noop("%(where)s：记录格式无法识别"),
    "order": gettext_noop("%(where)s：次序颠倒或重复"),
    "gap": gettext_noop("%(where)s：序号不连续，缺少或插入了记录"),
    "link": gettext_noop("%(where)s：与上一条记录的摘要不相衔接"),
    "hash": gettext_noop("%(where)s：内容与摘要不符，记录被改动"),
    "facts": gettext_noop("%(where)s：登记栏与封存的内容不一致"),
    "words": gettext_noop("%(where)s：可读内容或其随机数被改动"),
    "words_missing": gettext_noop("%(where)s：可读内容缺失，且没有删除的记录"),
    "checkpoint_link": gettext_noop("%(where)s：与上一检查点不相衔接，缺少或替换了检查点"),
    "checkpoint_hash": gettext_noop("%(where)s：检查点的登记栏、内容与摘要不一致"),
    "checkpoint_missing": gettext_noop("%(where)s：记录所属的检查点不存在"),
    "signature": gettext_noop("%(where)s：签名无效，或不是由已知密钥签署"),
    "root": gettext_noop("%(where)s：封存的记录有增减或改动"),
    "code": gettext_noop("%(where)s：文书页脚的校验码找不到对应的检查点"),
}


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value) -> bytes:
    """The one way to write a JSON value as bytes: sorted keys, no blanks, UTF-8."""
    return _JSON.encode(value).encode()


def digest(algorithm: str, *parts: bytes) -> bytes:
    """32 bytes over the joined `parts`; ValueError for an algorithm that the journal does not use."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown hash algorithm {algorithm!r}")
    data = b"".join(parts)
    if algorithm == "sm3" and "sm3" not in hashlib.algorithms_available:
        state = Hash(SM3())
        state.update(data)
        return state.finalize()
    return hashlib.new(algorithm, data).digest()


def commit(algorithm: str, salt: bytes, words: dict) -> bytes:
    """The commitment to readable words: without the salt nobody can guess them from it once they are erased."""
    return digest(algorithm, salt, canonical(words))


def merkle_root(algorithm: str, leaves: Iterable[tuple[int, bytes]]) -> bytes:
    """The root over (entry id, entry hash); leaves and nodes are marked, so that neither passes for the other."""
    level = [digest(algorithm, b"\0", entry.to_bytes(8, "big"), hashed) for entry, hashed in leaves]
    while len(level) > 1:
        pairs = [digest(algorithm, b"\1", *level[i : i + 2]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0] if level else GENESIS


def short_code(number: int, hashed: bytes) -> str:
    """What a document's footer prints of checkpoint `number`: its number and 40 bits of its hash."""
    return f"{number}-{base64.b32encode(hashed[:5]).translate(_CROCKFORD).decode()}"


def fingerprint(public_key: str) -> str:
    """The short name of a public key (hex)."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written."""

    kind: str
    where: str

    def __str__(self) -> str:
        return FAULTS[self.kind] % {"where": self.where}


@dataclass
class Counts:
    """How much was checked. `unsealed`: entries newer than the last checkpoint, which only the chain guards yet."""

    matters: int = 0
    entries: int = 0
    erased: int = 0
    checkpoints: int = 0
    unsealed: int = 0
    faults: int = 0


@dataclass
class _Chain:
    """Where the reading of one matter's chain stands."""

    matter: int | None = None
    seq: int = 0
    hash: bytes = GENESIS
    wordless: dict[int, str] = field(default_factory=dict)
    erased: set[int] = field(default_factory=set)


class Verifier:
    """Checks a stream of records: a header, entries by (matter, seq), checkpoints by number.

    `keys`: public keys (hex) that may have signed; None: those that the export names, which proves only that one key
    signed everything. `code`: a code printed on a document, whose checkpoint must be there.
    """

    def __init__(self, keys: Iterable[str] | None = None, code: str = "") -> None:
        self.keys = None if keys is None else {fingerprint(key): key for key in keys}
        self.code, self.code_found, self.partial, self.counts = code, not code, False, Counts()
        self._chain, self._last = _Chain(), (0, GENESIS)
        self._leaves = sqlite3.connect("", isolation_level=None)  # "" is a temporary file, not memory
        self._leaves.execute("CREATE TABLE leaf (id INTEGER PRIMARY KEY, hash BLOB, checkpoint INTEGER)")
        self._leaves.execute("CREATE INDEX leaf_checkpoint ON leaf (checkpoint)")
        self._leaves.execute("CREATE TABLE seen (number INTEGER PRIMARY KEY)")
        self._leaves.execute("BEGIN")

    def run(self, records: Iterable[dict]) -> Iterator[Fault]:
        """Every fault in `records`; `counts` is complete when the iterator is."""
        for record in records:
            for fault in self._take(record):
                self.counts.faults += 1
                yield fault
        for fault in self._finish():
            self.counts.faults += 1
            yield fault

    def _take(self, record: dict) -> Iterator[Fault]:
        readers = {"journal": self._header, "entry": self._entry, "leaf": self._leaf, "checkpoint": self._checkpoint}
        try:
            yield from readers[record["is"]](record)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            yield Fault("format", str(record)[:60])

    def _header(self, record: dict) -> Iterator[Fault]:
        self.partial = record["partial"]
        if self.keys is None:
            self.keys = {fingerprint(key): key for key in record["keys"]}
        yield from ()

    def _leaf(self, record: dict) -> Iterator[Fault]:
        row = (record["id"], bytes.fromhex(record["hash"]), record["checkpoint"])
        self._leaves.execute("INSERT OR REPLACE INTO leaf VALUES (?, ?, ?)", row)
        yield from ()

    def _entry(self, record: dict) -> Iterator[Fault]:
        where = f"事项 {record['matter']} 第 {record['seq']} 条"
        self.counts.entries += 1
        self.counts.unsealed += record["checkpoint"] is None
        yield from self._leaf(record)
        if record["matter"] != self._chain.matter:
            yield from self._next_matter(record["matter"], where)
        chain, prev, hashed = self._chain, bytes.fromhex(record["prev"]), bytes.fromhex(record["hash"])
        if record["seq"] <= chain.seq:
            yield Fault("order", where)
        elif record["seq"] != chain.seq + 1:
            yield Fault("gap", where)
        if prev != chain.hash:
            yield Fault("link", where)
        chain.seq, chain.hash = record["seq"], hashed
        yield from self._content(record, prev, hashed, where)

    def _content(self, record: dict, prev: bytes, hashed: bytes, where: str) -> Iterator[Fault]:
        body = record["body"].encode("utf-8", "surrogateescape")
        algorithm, told = _parsed(body)
        if algorithm not in ALGORITHMS or digest(algorithm, prev, body) != hashed:
            yield Fault("hash", where)
        if told != record["facts"]:
            yield Fault("facts", where)
        if record["facts"]["step"] == ERASURE:
            self._chain.erased.add(record["facts"]["cause"])
        if record["words"] is None:
            self._chain.wordless[record["id"]] = where
        elif algorithm in ALGORITHMS:
            salted = commit(algorithm, bytes.fromhex(record["salt"]), record["words"])
            if salted.hex() != record["facts"]["commitment"]:
                yield Fault("words", where)

    def _next_matter(self, matter: int, where: str) -> Iterator[Fault]:
        yield from self._close_matter()
        if self._chain.matter is not None and matter <= self._chain.matter:
            yield Fault("order", where)
        self._chain = _Chain(matter)
        self.counts.matters += 1

    def _close_matter(self) -> Iterator[Fault]:
        chain = self._chain
        self.counts.erased += len(chain.wordless)
        yield from (Fault("words_missing", w) for entry, w in chain.wordless.items() if entry not in chain.erased)

    def _checkpoint(self, record: dict) -> Iterator[Fault]:
        where = f"检查点 {record['number']}"
        self.counts.checkpoints += 1
        hashed, payload = bytes.fromhex(record["hash"]), record["payload"].encode("utf-8", "surrogateescape")
        facts = record["facts"]
        if not self.partial and (record["number"], bytes.fromhex(facts["prev"])) != (self._last[0] + 1, self._last[1]):
            yield Fault("checkpoint_link", where)
        self._last = (record["number"], hashed)
        code = short_code(record["number"], hashed)
        self.code_found = self.code_found or self.code == code
        algorithm, told = _parsed(payload)
        same = told == facts and record["code"] == code and record["number"] == facts["number"]
        if not same or algorithm not in ALGORITHMS or digest(algorithm, payload) != hashed:
            yield Fault("checkpoint_hash", where)
        if not self._signed(record["key"], bytes.fromhex(record["signature"]), hashed):
            yield Fault("signature", where)
        if algorithm in ALGORITHMS and not self._sealed(algorithm, record["number"], facts):
            yield Fault("root", where)

    def _signed(self, key: str, signature: bytes, hashed: bytes) -> bool:
        public = (self.keys or {}).get(key)
        if public is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, hashed)
        except InvalidSignature:
            return False
        return True

    def _sealed(self, algorithm: str, number: int, facts: dict) -> bool:
        """Whether the entries that name this checkpoint are the very ones that it sealed."""
        self._leaves.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,))
        query = "SELECT id, hash FROM leaf WHERE checkpoint = ? ORDER BY id"
        leaves = self._leaves.execute(query, (number,)).fetchall()
        if not leaves or (len(leaves), leaves[0][0], leaves[-1][0]) != (facts["count"], facts["first"], facts["last"]):
            return False
        return merkle_root(algorithm, leaves).hex() == facts["root"]

    def _finish(self) -> Iterator[Fault]:
        yield from self._close_matter()
        lost = "SELECT checkpoint FROM leaf WHERE checkpoint NOTNULL EXCEPT SELECT number FROM seen"
        yield from (Fault("checkpoint_missing", f"检查点 {number}") for (number,) in self._leaves.execute(lost))
        if not self.code_found:
            yield Fault("code", self.code)
        self._leaves.close()


def _parsed(stored: bytes) -> tuple[str, dict]:
    """The algorithm that stored bytes name, and the facts in them; no facts where the bytes are unreadable."""
    told = _json(stored)
    return str(told.pop("hash", "")), {key: value for key, value in told.items() if key != "v"}


def _json(stored: bytes | str) -> dict:
    try:
        value = json.loads(stored)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _read(path: str) -> Iterator[dict]:
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            yield _json(line) or {"unreadable": line[:40]}


def main(arguments: list[str] | None = None) -> int:
    """0: everything is as it was written; 1: at least one fault, each on a line of its own."""
    parser = argparse.ArgumentParser(description="Verify an export of the journal 核验流转记录导出文件")
    parser.add_argument("export")
    parser.add_argument("--key", action="append", help="public key in hex that must have signed 签名公钥")
    parser.add_argument("--code", default="", help="code printed in a document's footer 文书页脚校验码")
    options = parser.parse_args(arguments)
    verifier = Verifier(options.key, options.code)
    for fault in verifier.run(_read(options.export)):
        print(fault)
    print(json.dumps({**asdict(verifier.counts), "keys": sorted((verifier.keys or {}).values())}))
    return 1 if verifier.counts.faults else 0


if __name__ == "__main__":
    sys.exit(main())
