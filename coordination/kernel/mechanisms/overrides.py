"""Local overrides: a county's later choice against its mechanism file, with basis and effective date, kept as rows."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from coordination.kernel import written
from coordination.kernel.calendar import Within, newest_version
from coordination.kernel.mechanisms.tables import LocalRule, Mechanism
from coordination.kernel.words import Refusal, carries


@carries("NW-2.19", "NW-4.35")
class MechanismOverride(models.Model):
    """From `since` on, `key` has `value` in the county. Rows are added, never edited: the latest that began holds.

    A limit's value is a `within`; `branch` names the branch that it changes (`urgency=urgent`; empty: the plain one).
    Everything here is a local arrangement and is shown so; statutory limits cannot be overridden.
    """

    class Kind(models.TextChoices):
        LIMIT = "limit", _("时限")
        OPTION = "option", _("选项")

    county = models.ForeignKey("kernel.County", models.PROTECT, verbose_name=_("县"), related_name="overrides")
    kind = models.CharField(_("类别"), max_length=8, choices=Kind.choices)
    key = models.CharField(_("键"), max_length=64)
    branch = models.CharField(
        _("适用情形"), max_length=120, blank=True, help_text=_("例如 urgency=urgent；空白为一般情形")
    )
    value = models.JSONField(_("值"), help_text=_('时限写 "2 working days"；选项写 true、2 或 "order"'))
    basis = models.CharField(_("依据"), max_length=200)
    since = models.DateField(_("自"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("录入人"), related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("机制的本地规定")
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["county", "key"], name="override_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"


def check_override(override: MechanismOverride, county: Mechanism, national: Mechanism) -> None:
    """Refuse what a county may not set, or what could never apply. ValidationError names the field (admin, forms)."""
    if override.kind == MechanismOverride.Kind.OPTION:
        _check_option(override, county, national)
    else:
        _check_limit(override, county, national)


def _check_option(override: MechanismOverride, county: Mechanism, national: Mechanism) -> None:
    rule = county.options.get(override.key) or national.options.get(override.key)
    if rule is None:
        raise ValidationError({"key": _("没有“%s”这一选项，请核对。") % override.key})
    if type(override.value) is not type(rule.value):
        raise ValidationError({"value": _("应与原值 %r 同类。") % rule.value})


def _check_limit(override: MechanismOverride, county: Mechanism, national: Mechanism) -> None:
    limit = county.limits.get(override.key) or national.limits.get(override.key)
    if limit is None:
        raise ValidationError({"key": _("没有“%s”这一时限，请核对。") % override.key})
    branch = next((one for one in limit.branches if one.id == override.branch), None)
    if branch is None:
        known = "、".join(one.id or str(_("（空白）")) for one in limit.branches)
        raise ValidationError({"branch": _("没有这一情形；可用的有：%s。") % known})
    if limit.national and branch.within.counted:
        raise ValidationError({"key": _("这是法定时限，县不能改变。")})
    try:
        Within.parse(str(override.value))
    except Refusal as refusal:
        raise ValidationError({"value": refusal.message}) from refusal


def local_rules(county_code: str) -> tuple[str | None, int, tuple[LocalRule, ...]]:
    """The name of a county's mechanism file (None: no such county), the version of its calendar, its overrides.

    One query.
    """
    found = written.values("rules", _rules, county=county_code)
    name, version = found[0][:2] if found else (None, 0)
    return name, version, tuple(LocalRule(*row) for _name, _version, *row in found if row[0] is not None)


def _rules() -> models.QuerySet:
    asked = written.Later("county", models.CharField())
    county = MechanismOverride._meta.get_field("county").related_model  # a concept of a higher floor, named by its key
    fields = ("kind", "key", "branch", "value", "basis", "since")
    rows = county.objects.filter(pk=asked).order_by("overrides__since", "overrides__pk")
    version = Coalesce(newest_version(asked), 0)
    return rows.annotate(version=version).values_list("mechanism", "version", *(f"overrides__{one}" for one in fields))


def in_force(rules: Iterable[LocalRule], kind: str, key: str, branch: str, day: date) -> LocalRule | None:
    """The latest that had begun on `day`; `rules` stand in order of their beginning."""
    begun = [one for one in rules if (one.kind, one.key, one.branch) == (kind, key, branch) and one.since <= day]
    return begun[-1] if begun else None
