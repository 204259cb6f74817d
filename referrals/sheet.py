"""The handover sheet: what it lists, and the ticks of the receiver (案件移送制度 三（五）, NW-3.20)."""

from django.db.models import QuerySet
from django.utils.functional import cached_property

from coordination.kernel.materials import Material, MaterialCheck, MaterialKind, Outcome


class Sheet:
    """What a referral hands over, line by line."""

    @cached_property
    def file(self) -> list[Material]:
        """Every material of this matter that is in force."""
        return list(Material.objects.in_force().filter(matter_id=self.pk))

    @property
    def sheet_lines(self) -> list[Material]:
        """The materials that the handover sheet lists: scans of the sheet itself are none."""
        return [material for material in self.file if material.kind != MaterialKind.SCAN]

    @property
    def sheet_to_confirm(self) -> bool:
        return self.sender_confirmed_at is None

    def lines(self) -> QuerySet[Material]:
        """The materials that the handover sheet lists: scans of the sheet itself are none."""
        return Material.objects.in_force().filter(matter_id=self.pk).exclude(kind=MaterialKind.SCAN)

    def tick(self, checked) -> None:
        """The receiver's ticks of the lines found as listed (NW-3.20)."""
        actor = self.act.actor
        MaterialCheck.objects.bulk_create(
            [
                MaterialCheck(
                    material=material, organ=actor.organ, by=actor.user, at=self.act.moment, outcome=Outcome.OK
                )
                for material in checked
            ]
        )
