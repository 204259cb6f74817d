"""The list behind a number, a cell or a bar of 统计督办: exactly the duties that it counts; and 催一下."""

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.kernel.clocks import Clock
from coordination.kernel.organs import User
from coordination.kernel.steps import nudge
from coordination.kernel.web.request import moment_of, organs_of
from coordination.kernel.words import Refusal
from supervision.counted import Leafed, rows_of, scoped, told
from supervision.figures import period_of
from supervision.figures.duties import WHICH, Choice, choice_of, chosen
from supervision.readers import Remit, remit_of


class LeafedClocks(Leafed):
    """Clocks by the time that is left. One query for all of the numbers, one for the rows of a page."""

    def __init__(self, remit: Remit, user: User, clocks: QuerySet[Clock]) -> None:
        self.remit, self.user = remit, user
        keys = scoped(clocks, remit, user).order_by("overdue_at", "pk").values_list("pk", "matter__kind")
        super().__init__(list(keys[: self.FARTHEST + 1]))

    def page(self, number: int) -> Page:
        page = super().page(number)
        page.object_list = told(dict(page.object_list), self.remit, self.user)
        return page


def duties(request: HttpRequest) -> HttpResponse:
    """The list behind a number, a cell or a bar: exactly the duties that it counts."""
    moment, remit = moment_of(request), remit_of(request.user)
    if remit is None:
        raise Http404
    period, choice = period_of(request.GET, moment), choice_of(request.GET)
    page = LeafedClocks(remit, request.user, chosen(choice, period, moment)).get_page(request.GET.get("page"))
    context = {
        "title": _titles()[choice.which],
        "period": period if choice.which in ("due", "late", "kept") else None,
        "narrowed": _narrowed(choice, organs_of(request)),
        "rows": rows_of(request, page.object_list, remit),
        "page_obj": page,
    }
    return render(request, "supervision/duties.html", context)


def _titles() -> dict[str, str]:
    return dict(zip(WHICH, (_("当前超期"), _("今日到期"), _("应当办结"), _("超期"), _("按期办结")), strict=True))


def _narrowed(choice: Choice, organs: dict) -> list[str]:
    named = [organs.get(pk) for pk in (choice.organ, choice.township, choice.department) if pk]
    words = [str(organ) for organ in named if organ] + [choice.basis]
    natures = {"law": _("法定时限"), "local": _("本地内部目标")}
    return [word for word in (*words, natures.get(choice.nature, "")) if word]


@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """催一下: one word to the bearer, then back to where the button stood."""
    remit = remit_of(request.user)
    moment_of(request)
    if remit is None:
        raise Http404
    clock = get_object_or_404(scoped(Clock.objects.select_related("organ"), remit, request.user), pk=pk)
    try:
        nudge(clock.pk, request.user)
        messages.success(
            request, _("已催办%(organ)s，通知已送达其执法人员、联络员和分管领导。") % {"organ": clock.organ}
        )
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if safe else "supervision")
