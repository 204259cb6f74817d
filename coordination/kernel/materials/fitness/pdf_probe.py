"""Looks into one PDF and prints what it found as JSON: {"pages": 3} or {"unfit": "active"}. Ends with 1 where
the parser gives up, whatever it raises, and by a signal where it takes too long.

Run as a process of its own, `python -I pdf_probe.py FILE`; imports nothing of the product.
"""

import json
import logging
import mmap
import re
import resource
import sys
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

MEMORY, SECONDS, MAX_OBJECTS = 340 * 1024**2, 15, 50_000
#: Keys and action names by which a PDF runs, fetches, sends or carries something.
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/Rendition",
}
#: The same as plain bytes, for what an older revision of the file or a broken table hides from the reader; only names
#: that are too long to stand in compressed data by chance.
_PLAIN = re.compile(rb"/(JavaScript|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b")


def active(value) -> bool:
    """Whether an object, not those it refers to, holds an active name, or is one."""
    if isinstance(value, NameObject):
        return value in ACTIVE
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            if ACTIVE & {*part, dict.get(part, "/S"), dict.get(part, "/Type")}:
                return True
            waiting.extend(dict.values(part))
        elif isinstance(part, ArrayObject):
            waiting.extend(list.__iter__(part))
    return False


def objects(reader: PdfReader):
    """Every object that the file's tables know, of every generation, packed ones too."""
    known = {(number, generation) for generation, table in reader.xref.items() for number in table}
    known |= {(number, 0) for number in reader.xref_objStm}
    if len(known) > MAX_OBJECTS:
        raise MemoryError
    for number, generation in sorted(known):
        yield reader.get_object(IndirectObject(number, generation, reader))


def look(path: str) -> dict:
    """What is to be said of the file; any fault of the parser means that it is damaged."""
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if _PLAIN.search(view):
            return {"unfit": "active"}
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"unfit": "locked"}
    if active(reader.trailer) or any(map(active, objects(reader))):
        return {"unfit": "active"}
    pages = len(reader.pages)
    return {"pages": pages} if pages else {"unfit": "damaged"}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    logging.disable()
    try:
        print(json.dumps(look(sys.argv[1])))
    except MemoryError:
        print(json.dumps({"unfit": "heavy"}))


if __name__ == "__main__":
    main()
