"""目录外监管台账: acts that the platform's catalogue does not list, with all elements and the state of each push
(NW-4.11, NW-4.24); and 处罚决定公示, the decisions that are published, masked."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coordination.kernel.notices import Delivery
from coordination.kernel.organs import posts_of
from coordination.kernel.web.request import moment_of
from coordination.kernel.web.xlsx import as_xlsx
from coordination.kernel.words import carries
from infosharing.contents import BY_KEY
from infosharing.flow import OUT
from infosharing.masking import PUBLISHED, published
from infosharing.models import SharedRecord
from infosharing.panels import watches
from infosharing.words import Secret

PAGE = 20
MOST = 5000


def records(request: HttpRequest, content_class: str):
    """Those that the reader may open: his organ's, those shared with it, the county's for its supervisors; of them none
    that accuses him or his organ."""
    posts = posts_of(request.user)
    organs = [post.organ_id for post in posts]
    watched = {post.organ.county_id for post in posts if watches(post, post.organ.county_id)}
    read = Q(provider__in=organs) | Q(recipients__overlap=organs, stage__in=OUT) | Q(county__in=watched)
    found = SharedRecord.objects.visible_to(request.user).filter(read, content_class=content_class)
    return found.select_related("provider", "item").prefetch_related("versions").order_by("-pk")


def latest(record):
    """The version in force, of those that were read together."""
    return max(record.versions.all(), key=lambda version: version.number)


def pushes(shown: Iterable[SharedRecord]) -> dict[int, str]:
    """How far the mails of each record have come. One query."""
    mails = Delivery.objects.filter(notice__matter__in=[one.pk for one in shown], notice__entry__step="share")
    counted = mails.values_list("notice__matter").annotate(all=Count("pk"), sent=Count("sent_at"))
    words: dict[int, str] = defaultdict(str)
    for pk, everything, sent in counted:
        words[pk] = _("已发送 %(sent)s / %(all)s 封") % {"sent": sent, "all": everything}
    return words


@require_GET
@carries("NW-4.11", "NW-4.24")
def off_catalogue(request: HttpRequest) -> HttpResponse:
    """The ledger; `?export=xlsx` gives it whole, one column for each element."""
    moment, facts = moment_of(request), BY_KEY["off_catalogue"].facts
    found = records(request, "off_catalogue")
    if request.GET.get("export") == "xlsx":
        head = [_("编号"), _("提供单位"), _("环节"), *(fact.label for fact in facts), _("邮件推送")]
        return as_xlsx(_("目录外监管台账"), head, lines(found[:MOST], facts), moment)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    sent = pushes(page)
    rows = [
        {"record": one, "facts": latest(one).words("off_catalogue"), "push": sent.get(one.pk) or _("尚未推送")}
        for one in page
    ]
    return render(request, "infosharing/off_catalogue.html", {"page_obj": page, "rows": rows})


def lines(found, facts):
    shown = list(found)
    sent = pushes(shown)
    for one in shown:
        told = latest(one).facts
        yield [
            one.number,
            one.provider.name,
            one.get_stage_label(),
            *(told.get(fact.name, "") for fact in facts),
            sent.get(one.pk, ""),
        ]


@require_GET
def publicity(request: HttpRequest) -> HttpResponse:
    """Decisions that are shared and may be published, masked: names of natural persons, numbers of persons."""
    moment, labels = moment_of(request), {fact.name: fact.label for fact in BY_KEY["penalty"].facts}
    organs = [post.organ_id for post in posts_of(request.user)]
    found = records(request, "penalty").filter(provider__in=organs, stage__in=OUT, secret=Secret.NONE)
    head = [labels[name] for name in PUBLISHED]
    if request.GET.get("export") == "xlsx":
        rows = (list(published(latest(one)).values()) for one in found[:MOST])
        return as_xlsx(_("行政处罚决定公示"), head, rows, moment)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = [{"record": one, "cells": zip(head, published(latest(one)).values(), strict=True)} for one in page]
    return render(request, "infosharing/publicity.html", {"page_obj": page, "rows": shown, "head": head})
