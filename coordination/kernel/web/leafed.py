"""Leafing through matters: as far as people go, and no further."""

from collections.abc import Callable, Hashable

from django.core.paginator import Page, Paginator
from django.db.models import F

from coordination.kernel import written
from coordination.kernel.matters import Matter, MatterQuerySet
from coordination.kernel.search import newest
from coordination.kernel.web.workflows import with_children, workflow

PAGE = 20


class Leafed(Paginator):
    """Matters as far as people leaf, the newest first, and no further: beyond it `more` says so, and a filter helps
    better than a page. One query for all of the numbers, one for the rows of a page."""

    FARTHEST = 1000
    #: What words have found: another word helps better than a twentieth page.
    FOUND = 400

    def __init__(self, find: Callable[[], MatterQuerySet], *, typed: str = "", key: Hashable = None) -> None:
        """`typed`: the words that `find` finds by, told later. `key`: as for `written.values`."""
        most = self.FOUND if typed else self.FARTHEST

        def write() -> MatterQuerySet:
            return find().order_by("-id").values_list("pk", "kind")[: most + 1]

        found = newest(find, most + 1, typed, key) if typed else written.values(key and (key, most), write)
        super().__init__(found[:most], PAGE)
        self.more = len(found) > most

    def page(self, number: int) -> Page:
        """Joined are only the kinds that stand on the page: each costs the database more to plan than to read."""
        page = super().page(number)
        if not page.object_list:
            return page
        kinds = tuple(sorted({kind for _pk, kind in page.object_list}))

        def write() -> MatterQuerySet:
            shown = Matter.objects.filter(written.one_of_later(F("pk"), "keys")).order_by("-id")
            return with_children(shown, models=[workflow(kind) for kind in kinds])

        keys = [pk for pk, _kind in page.object_list]
        page.object_list = written.objects(("matters", kinds), write, keys=keys)
        return page
