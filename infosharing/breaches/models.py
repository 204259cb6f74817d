"""The facts of a breach."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.kernel.matters import OVERSEERS, Matter
from coordination.kernel.organs import Organ, User, posts_of
from coordination.kernel.words import law_language
from infosharing.breaches.flow import FINDERS, BreachFlow, Stage
from infosharing.breaches.forms import KINDS
from infosharing.breaches.gates import authority_of


class Breach(BreachFlow, Matter):
    """A breach of the rules of information sharing by an organ, perhaps on a certain record."""

    reporter = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("发现单位"), related_name="+")
    authority = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("行政执法主管部门"), related_name="+")
    accused = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("涉及的单位"), related_name="+")
    breach_kind = models.CharField(_("情形"), max_length=12, choices=KINDS)
    happened_at = models.DateTimeField(_("发生（发现）时间"))
    words = models.TextField(_("事实和线索"))
    finding = models.TextField(_("查证情况和结论"), blank=True)
    found_at = models.DateTimeField(_("查证时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("信息共享违规")

    SHOWN = ("reporter", "authority", "accused", "breach_kind", "happened_at", "words", "finding", "found_at")

    @classmethod
    def opening_label(cls) -> str:
        return gettext("登记违规情形")

    @classmethod
    def may_open_from(cls, record: Matter, user: User) -> bool:
        """Whoever finds a breach on a record of another organ."""
        return any(post.role in FINDERS and post.organ_id != record.provider_id for post in posts_of(user))

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        known = {"happened_at": moment}
        return known if origin is None else known | {"record": origin, "accused": origin.provider}

    def take(self, actor, facts: dict) -> None:
        self.reporter, self.authority = actor.organ, authority_of(facts["accused"])
        if facts["accused"].kind in OVERSEERS:  # who watches over the county would read what is said against him
            self.hidden_organ = facts["accused"]
        for name in ("accused", "breach_kind", "happened_at", "words"):
            setattr(self, name, facts[name])
        with law_language():
            self.title = f"{self.accused.short_name}：{self.get_breach_kind_display()}"[:120]
        if facts.get("record"):
            self.act.link(facts["record"].pk, None, "breach")

    @property
    def breach_open(self) -> bool:
        """Established and not yet rectified: what an order to rectify may open from (NW-4.27)."""
        return self.stage == Stage.ESTABLISHED
