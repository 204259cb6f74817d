"""The number of an issued document 文号: 宁住建移〔2026〕12号, without gaps in an organ, a series and a year."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.organs import Organ
from coordination.kernel.words import Refusal


class NumberSeries(models.Model):
    """The last number taken. Its row is locked from the taking to the end of the transaction, so that a number is
    either used by a document or was never taken."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=gettext_lazy("发文机关"), related_name="+")
    series = models.CharField(gettext_lazy("文种代字"), max_length=12)
    year = models.PositiveSmallIntegerField(gettext_lazy("年份"))
    last = models.PositiveIntegerField(gettext_lazy("已用到"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("文号")
        constraints = [models.UniqueConstraint(fields=["organ", "series", "year"], name="one_number_series")]

    def __str__(self) -> str:
        return number_words(self.organ, self.series, self.year, self.last)


TAKE = """
    INSERT INTO kernel_numberseries (organ_id, series, year, last)
    SELECT %s, wanted.series, %s, wanted.many
    FROM unnest(%s::text[], %s::int[]) WITH ORDINALITY AS wanted (series, many, place) ORDER BY place
    ON CONFLICT (organ_id, series, year) DO UPDATE SET last = kernel_numberseries.last + EXCLUDED.last
    RETURNING series, last
"""


def take_numbers(organ: Organ, series: Iterable[str], year: int) -> list[int]:
    """The next numbers, one for each of `series`, in one statement inside the caller's transaction.

    Take them last: others of this organ wait until the end. The rows are locked in the order of their names, so that
    two steps that issue the same kinds in another order do not lock each other out.
    """
    series = list(series)
    wanted = sorted(Counter(series).items())
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [organ.pk, year, [name for name, _many in wanted], [many for _name, many in wanted]])
        last = dict(cursor.fetchall())
    following = {name: iter(range(last[name] - many + 1, last[name] + 1)) for name, many in wanted}
    return [next(following[name]) for name in series]


def number_words(organ: Organ, series: str, year: int, serial: int | str) -> str:
    """Hexagonal brackets, no leading zero, no 第 (GB/T 9704-2012, 7.2.5)."""
    return f"{organ.mark}{series}〔{year}〕{serial}号"


def refuse_without_mark(organ: Organ) -> None:
    """An organ without 发文机关代字 can number nothing."""
    if not organ.mark:
        raise Refusal(
            _("%(organ)s还没有设置发文机关代字，不能编号发文，请联系本单位管理员在机关资料中填写。")
            % {"organ": organ.name},
            code="mark",
        )
