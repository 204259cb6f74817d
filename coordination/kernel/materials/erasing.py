"""Erasing materials that may lie nowhere (执法信息共享工作机制 三（四）, NW-4.25): only their hash stays."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from coordination.kernel.drafts import Draft
from coordination.kernel.materials import shelf
from coordination.kernel.materials.drafted import DraftFile
from coordination.kernel.materials.rows import Material
from coordination.kernel.matters import Matter


def erase_materials(matter: Matter, words: str, moment: datetime) -> None:
    """Blot out every material of `matter`, and what lies in drafts of its forms; `words` stand for each.

    Inside the step's transaction. The files go after its commit, unless another matter or draft needs the same.
    """
    lying = Material.objects.filter(matter_id=matter.pk, erased_at=None)
    drafts = Draft.objects.filter(key__contains=matter.number.removeprefix(matter.NUMBER_MARK))
    drafted = DraftFile.objects.filter(draft__in=drafts)
    hashes = {*lying.values_list("sha256", flat=True), *drafted.values_list("sha256", flat=True)}
    lying.update(title=words, name=words, reference="", remark="", withdrawn=True, erased_at=moment)
    drafts.delete()
    transaction.on_commit(partial(drop_files, sorted(hashes)))


def drop_files(hashes: Iterable[str]) -> None:
    """Take from the shelf those of the files that nothing needs any more."""
    for sha256 in hashes:
        if not needed(sha256):
            shelf.place(sha256).unlink(missing_ok=True)


def needed(sha256: str) -> bool:
    live = Material.objects.filter(sha256=sha256, erased_at=None)
    return live.exists() or DraftFile.objects.filter(sha256=sha256).exists()


def drop_erased() -> None:
    """Again for whatever was erased: a process may have died between its commit and its files."""
    drop_files(Material.objects.filter(erased_at__isnull=False).values_list("sha256", flat=True).distinct().order_by())
