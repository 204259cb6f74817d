"""Materials that go along from one matter into another: the same bytes, a row of its own."""

from collections.abc import Iterable

from coordination.kernel.journal import Entry
from coordination.kernel.materials.rows import Material
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor

DESCRIBED = ("kind", "title", "reference", "copies", "pages", "original", "remark", "name", "sha256", "size", "mime")


def carry(chosen: Iterable[Material], matter: Matter, actor: Actor, entry: Entry) -> list[Material]:
    """Bring `chosen` into `matter` under the entry of the step that does it (案件移送制度 三（五）, NW-1.10).

    Each row names the one it comes from; withdrawn ones stay behind.
    """
    return Material.objects.bulk_create(
        [_carried(material, matter, actor, entry) for material in chosen if not material.withdrawn]
    )


def _carried(source: Material, matter: Matter, actor: Actor, entry: Entry) -> Material:
    return Material(
        matter_id=matter.pk,
        uploaded_by=actor.user or source.uploaded_by,
        organ=actor.organ or source.organ,
        added_at=entry.at,
        added_entry=entry,
        carried_from=source,
        **{name: getattr(source, name) for name in DESCRIBED},
    )
