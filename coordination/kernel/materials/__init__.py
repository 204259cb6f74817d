"""Materials 材料: evidence and attachments of a matter, kept bit-identical, ticked by both sides, reviewed, traceable.

案件移送制度 三（五）, 五（十二）; 案件移送材料交接单 三（一）3: NW-1.10, NW-1.21, NW-3.20, NW-3.21.
"""

from coordination.kernel.materials.acts import record_access, register, store, withdraw
from coordination.kernel.materials.carrying import carry
from coordination.kernel.materials.custody import FileReport, verify_files, verify_materials
from coordination.kernel.materials.drafted import DraftFile, bring_in, keep_in_draft, move_up
from coordination.kernel.materials.erasing import erase_materials
from coordination.kernel.materials.files import Received, receive
from coordination.kernel.materials.fitness import EXPECTED, TYPES
from coordination.kernel.materials.handover import SheetLine, Tick, check_materials, record_reviews, sheet, usable
from coordination.kernel.materials.rows import (
    EvidenceReview,
    Material,
    MaterialAccess,
    MaterialCheck,
    MaterialKind,
    Outcome,
)
from coordination.kernel.materials.shelf import place, room_or_refusal

#: For the `accept` attribute of a file input.
ENDINGS = ",".join(f".{ending}" for ending in TYPES)

__all__ = [
    "ENDINGS",
    "EXPECTED",
    "DraftFile",
    "EvidenceReview",
    "FileReport",
    "Material",
    "MaterialAccess",
    "MaterialCheck",
    "MaterialKind",
    "Outcome",
    "Received",
    "SheetLine",
    "Tick",
    "bring_in",
    "carry",
    "check_materials",
    "erase_materials",
    "keep_in_draft",
    "move_up",
    "place",
    "receive",
    "record_access",
    "record_reviews",
    "register",
    "room_or_refusal",
    "sheet",
    "store",
    "usable",
    "verify_files",
    "verify_materials",
    "withdraw",
]
