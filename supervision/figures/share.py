"""A share of duties done in time: how many of how many; a percentage only where there are enough."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

#: Fewer than these are shown as counts: one of three is no percentage.
FEW = 5


@dataclass
class Share:
    """`kept` of `total` duties were done in time."""

    total: int = 0
    kept: int = 0

    def add(self, total: int, kept: int) -> None:
        self.total += total
        self.kept += kept

    @property
    def late(self) -> int:
        return self.total - self.kept

    @property
    def percent(self) -> float | None:
        """To one decimal, cut and never rounded up: 99.96 % is not all. None where there are too few."""
        return None if self.total < FEW else self.kept * 1000 // self.total / 10

    @property
    def words(self) -> str:
        """`96.4%`, `3/4`, `—`."""
        if not self.total:
            return "—"
        if self.percent is None:
            return f"{self.kept}/{self.total}"
        return f"{self.percent:g}%"

    @property
    def spoken(self) -> str:
        return _("按期 %(kept)s 项，应办 %(total)s 项") % {"kept": self.kept, "total": self.total}

    @property
    def tone(self) -> str:
        """How a cell is marked; beside its colour each has a sign of its own, for black and white."""
        if self.percent is None:
            return "none" if not self.late else "few"
        return next(tone for least, tone in TONES if self.percent >= least)


TONES = ((95, "good"), (80, "fair"), (60, "poor"), (0, "bad"))
