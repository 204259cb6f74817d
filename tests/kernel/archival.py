"""What PDF/A-3u (ISO 19005-3) asks of a file's structure, as far as no look at the glyphs is needed.

The full validator of the PDF Association is a Java program that no registry of ours carries; this reads every object.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

FORBIDDEN_ACTIONS = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState"}
PRINT, UNSEEN = 4, 1 | 2 | 32 | 256  # F: Print; Invisible, Hidden, NoView, ToggleNoView


def faults(content: bytes) -> list[str]:
    """Every departure from the structure of PDF/A-3u; none in a good file."""
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    found = [words for ok, words in _whole(content, reader, root) if not ok]
    for one in _objects(reader):
        found += [words for ok, words in _object(one) if not ok]
    return found


def _whole(content: bytes, reader: PdfReader, root: DictionaryObject) -> Iterator[tuple[bool, str]]:
    head = content[:20]
    yield bool(re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", head)), f"header {head!r}"
    yield "/ID" in reader.trailer, "no file identifier"
    yield "/Encrypt" not in reader.trailer, "encrypted"
    said = root["/Metadata"].get_object().get_data() if "/Metadata" in root else b""
    yield bool(re.search(rb'pdfaid:part(="|>)3', said)), "XMP: not part 3"
    yield bool(re.search(rb'pdfaid:conformance(="|>)U', said)), "XMP: not conformance U"
    intents = [each.get_object() for each in root.get("/OutputIntents", [])]
    good = [each for each in intents if each["/S"] == "/GTS_PDFA1" and "/DestOutputProfile" in each]
    yield bool(good), "no output intent with a colour profile"
    yield "/AA" not in root, "additional actions of the document"
    yield "/JavaScript" not in root.get("/Names", {}), "scripts"
    yield not root.get("/AcroForm", {}).get("/NeedAppearances", False), "a form that asks for appearances"


def _object(one: DictionaryObject) -> Iterator[tuple[bool, str]]:
    if isinstance(one, StreamObject):
        filters = one.get("/Filter", [])
        names = filters if isinstance(filters, ArrayObject) else [filters]
        yield "/LZWDecode" not in names and "/Crypt" not in names, f"filter {names}"
        yield "/F" not in one, "a stream that lies outside the file"
    kind = one.get("/Type")
    if kind == "/Font" and one.get("/Subtype") == "/Type0":
        below = one["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        yield bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(below)), f"font {one['/BaseFont']} is not embedded"
        yield "/ToUnicode" in one, f"font {one['/BaseFont']} has no characters"
    elif kind == "/Font":
        yield one.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2", "/Type3"), f"font of kind {one.get('/Subtype')}"
    if kind == "/Annot" or one.get("/Subtype") == "/Widget":
        flags = int(one.get("/F", 0))
        yield bool(flags & PRINT) and not flags & UNSEEN, f"annotation {one.get('/Subtype')} with flags {flags}"
    yield one.get("/S") not in FORBIDDEN_ACTIONS, f"action {one.get('/S')}"
    if kind == "/Filespec":
        yield "/AFRelationship" in one, "an attachment without its relationship"


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that can be reached."""
    seen, waiting = set(), [reader.trailer]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(one)
