"""What is shown of the materials of a matter, and to whom the page offers what."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel.materials import Outcome, SheetLine, sheet
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.sides import Readers
from coordination.kernel.web.materials.forms import ReviewForm, TickForm, UploadForm
from coordination.kernel.words import listed, named


def materials_of(request: HttpRequest, matter: Matter) -> dict:
    """What the page of a matter shows of its materials."""
    lines, changes = sheet(matter), _changing_for(request, matter) is not None
    pages = sum(line.material.pages or 0 for line in lines)
    note = _("%(count)s 份，共 %(pages)s 页") % {"count": len(lines), "pages": pages} if lines else ""
    return {
        "materials": [shown(line) for line in lines],
        "materials_note": note,
        "materials_url": reverse("materials", args=[matter.number]) if changes or lines else "",
        "materials_label": _("添加、核对材料") if changes else _("查看材料清单"),
    }


def shown(line: SheetLine) -> dict:
    """A line as components/files.html takes it."""
    material = line.material
    kept = _("原件") if material.original else _("复印件")
    amount = _("%(copies)s 份 %(pages)s 页") if material.pages else _("%(copies)s 份")
    note = (
        material.get_kind_display(),
        f"{kept} {amount % {'copies': material.copies, 'pages': material.pages}}",
        material.reference,
        _("%(organ)s提供") % {"organ": material.organ},
        material.remark,
        *(named(said.organ, said.words) for said in (*line.checks.values(), *line.reviews.values()) if said.words),
    )
    return {
        "title": material.title,
        "note": " · ".join(filter(None, map(str, note))),
        "url": reverse("material-file", args=[material.pk]),
        "label": _("下载"),
        "tags": _tags(line),
    }


def _tags(line: SheetLine) -> list[dict]:
    """What each side has found."""
    if line.material.withdrawn:
        return [{"label": _("已撤回"), "tone": "outline"}]
    ticks = [(named(c.organ, c.get_outcome_display()), c.outcome == Outcome.OK) for c in line.checks.values()]
    found = [(_("证据符合要求") if r.passed else _("证据不符合要求"), r.passed) for r in line.reviews.values()]
    return [{"label": label, "tone": "good" if good else "urgent"} for label, good in ticks + found]


def actor_on(request: HttpRequest, matter: Matter) -> Actor:
    """The reader in a post of an organ that takes part; one who only reads is told whom to ask."""
    acting = matter.participations.exclude(side__in=[side.key for side in matter.SIDES if isinstance(side, Readers)])
    organs = dict(acting.order_by("id").values_list("organ_id", "organ__short_name"))
    post = next((post for post in posts_of(request.user) if post.organ_id in organs), None)
    if post is None:
        words = _("材料由参与本事项的机关添加和核对，请联系%(organs)s。")
        raise PermissionDenied(words % {"organs": listed(organs.values())})
    return Actor(request.user, post)


def page(
    request: HttpRequest, matter: Matter, *, status: int = 200, upload: UploadForm | None = None, **more
) -> HttpResponse:
    """The materials page; `more`: refusals, and the forms that have come back with something wrong in them."""
    lines = sheet(matter, withdrawn=True) if matter.may_open(request.user) else []
    context = {
        "matter": matter,
        "crumbs": [(matter.number, reverse("matter", args=[matter.number])), (_("材料"), "")],
        "files": [shown(line) for line in lines],
        **_offers(request, matter, [line for line in lines if not line.material.withdrawn]),
        **more,
    }
    if context["may_change"]:
        context["upload"] = upload or UploadForm()
    return render(request, "kernel/materials.html", context, status=status)


def _changing_for(request: HttpRequest, matter: Matter) -> int | None:
    """The organ for which the reader may add and check; None for one who only reads, and when the matter is over."""
    try:
        return None if matter.closed_at else actor_on(request, matter).organ.pk
    except PermissionDenied:
        return None


def _offers(request: HttpRequest, matter: Matter, lines: list[SheetLine]) -> dict:
    """What this reader may do here: nothing for one who only reads, and for a matter that is over."""
    own = _changing_for(request, matter)
    if own is None:
        return {"may_change": False}
    return {
        "may_change": True,
        "checks": [(ln.material, TickForm.of(ln.material.pk, ln.checks.get(own))) for ln in lines],
        "reviews": [
            (ln.material, ReviewForm.of(ln.material.pk, ln.reviews.get(own))) for ln in lines if ln.reviewable_by(own)
        ],
        "withdrawable": [ln.material for ln in lines if ln.material.organ_id == own and not set(ln.checks) - {own}],
    }
