"""通讯录: organs, their people, certificates and liaisons (NW-3.54, NW-4.12)."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from coordination.kernel.catalogue import held_items
from coordination.kernel.organs import Organ, Post, Role, in_force
from coordination.kernel.web.catalogue import counties_of
from coordination.kernel.web.certificates import certificate
from coordination.kernel.web.request import moment_of

PAGE = 20
CONTACTS = (Role.LIAISON, Role.RESPONSIBLE_PERSON)


class Filters(forms.Form):
    """An organ's or a person's name, Chinese or pinyin; a kind of organ."""

    q = forms.CharField(label=_("单位、姓名或拼音"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("不限")), *Organ.Kind.choices], required=False)


def organs_of(request: HttpRequest) -> QuerySet[Organ]:
    return Organ.objects.filter(county__in=counties_of(request)).select_related("superior", "parent")


def directory(request: HttpRequest) -> HttpResponse:
    """Organs with the people one calls: their liaisons and responsible persons."""
    today, filters = moment_of(request).date(), Filters(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = named(organs_of(request), asked.get("q", "").strip(), today)
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    callable_ = Post.objects.filter(in_force(today), role__in=CONTACTS).select_related("user").order_by("role", "id")
    found = found.prefetch_related(Prefetch("posts", queryset=callable_, to_attr="contacts"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page_obj": page, "invented": settings.TIME_TRAVEL}
    return render(request, "kernel/directory.html", context)


def named(organs: QuerySet[Organ], query: str, today: date) -> QuerySet[Organ]:
    """Organs that bear the name, or in which somebody who bears it has a post today."""
    if not query:
        return organs
    people = Post.objects.filter(in_force(today), user__name__contains=query).values("organ")
    written = Q(name__contains=query) | Q(short_name__contains=query) | Q(pk__in=people)
    spoken = Replace(F("sort_key"), Value(" "), Value(""))
    return organs.alias(spoken=spoken).filter(written | Q(spoken__contains=query.lower().replace(" ", "")))


def organ(request: HttpRequest, key: str) -> HttpResponse:
    """One organ: who works in it in which roles, with which certificate, and the items it may file on."""
    today = moment_of(request).date()
    found = get_object_or_404(organs_of(request), key=key)
    posts = Post.objects.filter(in_force(today), organ=found).select_related("user").order_by("user__username", "role")
    context = {
        "organ": found,
        "facts": facts(found),
        "people": people(posts, today),
        "items": held_items(found, today),
        "invented": settings.TIME_TRAVEL,
    }
    return render(request, "kernel/directory_organ.html", context)


def facts(organ: Organ) -> list[tuple[str, str]]:
    return [
        (_("类别"), organ.get_kind_display()),
        (_("发文机关代字"), organ.mark),
        (_("上一级行政机关"), organ.superior.name if organ.superior else ""),
        (_("所属机关"), organ.parent.name if organ.parent else ""),
        (_("自己的名义"), _own_name(organ)),
        (_("电话"), organ.phone),
        (_("地址"), organ.address),
    ]


def _own_name(organ: Organ) -> str:
    """NW-1.6, NW-1.7: a unit may not send or receive unless a law says so."""
    if organ.own_name_basis:
        return organ.own_name_basis
    return _("可以") if organ.may_act_in_own_name else _("不可以，须以所属机关的名义")


def people(posts: QuerySet[Post], today: date) -> list[dict]:
    """One row for each person, with the roles joined and the certificate as it stands today."""
    rows: dict[int, dict] = {}
    for post in posts:
        row = rows.setdefault(post.user_id, {"user": post.user, "roles": [], **certificate(post.user, today)})
        row["roles"].append(post.get_role_display())
    return list(rows.values())
