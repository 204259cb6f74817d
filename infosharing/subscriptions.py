"""Standing wishes: an organ that needs a class of information, or all that concerns an item, says so once (NW-3.39)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.kernel.catalogue import Item
from coordination.kernel.organs import Organ, with_units
from coordination.kernel.words import carries
from infosharing.contents import CHOICES


class Subscription(models.Model):
    """`organ` wants every new record of a class, or on an item; ended rather than deleted."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("单位"), related_name="subscriptions")
    content_class = models.CharField(_("信息类别"), max_length=16, choices=CHOICES, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("执法事项"), null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField(_("自"))
    ended_at = models.DateTimeField(_("至"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("信息订阅")
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "content_class", "item"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_subscription",
            ),
            models.CheckConstraint(
                condition=~Q(content_class="") | Q(item__isnull=False), name="subscribed_to_something"
            ),
        ]

    @property
    def label(self) -> str:
        return self.get_content_class_display() if self.content_class else str(self.item)


def standing() -> models.QuerySet[Subscription]:
    return Subscription.objects.filter(ended_at=None)


@carries("LAW-20", "NW-3.39")
def subscribers(record) -> set[int]:
    """The organs of the record's county that have asked for its class, or for its item, or for both together; what
    came out of a complaint is not told to whom it accuses, though it has asked."""
    of_class = Q(content_class=record.content_class) | Q(content_class="")
    of_item = Q(item=record.item_id) | Q(item=None) if record.item_id else Q(item=None)
    found = standing().filter(of_class, of_item, organ__county=record.county_id)
    if record.hidden_organ_id:
        found = found.exclude(with_units(record.hidden_organ_id, "organ__"))
    return set(found.values_list("organ_id", flat=True))
