"""The one form, what it says while it is filled, and the page after it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models import Case
from coordination.kernel.catalogue import Item, competent
from coordination.kernel.clocks import OPEN
from coordination.kernel.matters import Matter, Urgency
from coordination.kernel.organs import Organ, Post, Role, posts_of
from coordination.kernel.steps.fields import LocalDateTimeField
from coordination.kernel.web.lamp import lamp
from coordination.kernel.web.materials.bounded import bounded
from coordination.kernel.web.new import Birth
from coordination.kernel.web.request import calendar_of, matter_or_404, moment_of
from coordination.kernel.words import Refusal
from referrals.models import Referral
from referrals.start.deed import Deed
from referrals.start.forms import SUGGESTED, StartForm
from referrals.start.telling import answer_limit, approvers_of, sending_limits
from referrals.words import PropertyDeclared


def officers_post(request: HttpRequest) -> Post:
    """The post through which the reader finds and sends; 403 for whoever enforces nothing."""
    moment_of(request)
    post = next((post for post in posts_of(request.user) if post.role == Role.OFFICER), None)
    if post is None:
        raise PermissionDenied(_("“发现并移送”由执法人员办理，请联系本单位执法人员。"))
    return post


class Start(Birth):
    """An opening of the form: a case is born, and a referral out of it."""

    template = "referrals/start.html"
    form_class = StartForm

    def __init__(self, request: HttpRequest) -> None:
        self.post = officers_post(request)
        super().__init__(request, Case)

    def initial(self) -> dict:
        own = self.post.organ
        return {
            **Case.first_initial(None, self.moment),
            "urgency": Urgency.NORMAL,
            "place": own if own.is_township else None,
            "decision": SUGGESTED,
            "property_declared": PropertyDeclared.NONE,
            "officers": [self.request.user],
        }

    def context(self) -> dict:
        return super().context() | {
            "asks_while_typing": True,
            "title": _("发现并移送"),
            "step": {
                "name": "start",
                "label": _("登记并提交审批"),
                "help": _("一次填好线索、材料和移送，不用重复录入"),
            },
            "cancel_url": reverse("referrals:list"),
            "limits": limits_shown(self.request, self.post.organ, self.form),
            "competence": competence_shown(self.request, self.post.organ, self.form),
            "approvers": approvers_of(self.post.organ, self.moment),
        }

    def give_birth(self, facts: dict) -> Matter:
        return Deed(self.actor, facts, self.bring_files, "_only_draft" in self.request.POST).do()

    def arrived(self, born: Matter) -> HttpResponse:
        return redirect("referral-started", born.number)


def _too_large(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return Start(request).show(refusal=refusal, status=413)


@bounded(_too_large)
def start(request: HttpRequest) -> HttpResponse:
    """发现并移送."""
    birth = Start(request)
    return birth.answer() if request.method == "POST" else birth.show()


def _draft_label(user) -> str:
    return _("发现并移送")


start.draft_label = _draft_label


class Asked(forms.Form):
    """What the form tells while it is filled; anything may still be missing."""

    urgency = forms.ChoiceField(choices=Urgency.choices, required=False)
    ongoing = forms.BooleanField(required=False)
    discovered_at = LocalDateTimeField(required=False)
    item = forms.ModelChoiceField(Item.objects.all(), required=False)
    place = forms.ModelChoiceField(Organ.objects.filter(kind__in=Organ.TOWNSHIPS), required=False)

    def __init__(self, data, organ: Organ) -> None:
        super().__init__(data)
        for name in ("item", "place"):
            self.fields[name].queryset = self.fields[name].queryset.filter(county=organ.county_id)
        self.is_valid()


def _said(form: forms.Form) -> dict:
    """The form's present values, sent or kept, as Asked reads them."""
    values = {name: form[name].value() for name in Asked.base_fields}
    return {name: getattr(value, "pk", value) for name, value in values.items() if value not in (None, "", False)}


def limits_shown(request: HttpRequest, organ: Organ, form: forms.Form | None = None) -> list:
    asked = Asked(_said(form) if form else request.GET, organ).cleaned_data
    since, urgency = asked.get("discovered_at") or moment_of(request), asked.get("urgency") or Urgency.NORMAL
    return sending_limits(organ, since, bool(asked.get("ongoing")), urgency, calendar_of(request))


def competence_shown(request: HttpRequest, organ: Organ, form: forms.Form | None = None) -> dict | None:
    asked = Asked(_said(form) if form else request.GET, organ).cleaned_data
    if not asked.get("item"):
        return None
    found = competent(asked["item"], asked.get("place"), moment_of(request).date())
    return {
        "organ": found.executor,
        "in_the_name_of": found.organ,
        "reason": found.reason,
        "own": found.executor == organ,
    }


@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    """The table of urgencies again, for another moment of discovery."""
    shown = limits_shown(request, officers_post(request).organ)
    return render(request, "referrals/start_limits.html", {"limits": shown})


@require_GET
def competence(request: HttpRequest) -> HttpResponse:
    """The card of jurisdiction again, for another item or township."""
    shown = competence_shown(request, officers_post(request).organ)
    return render(request, "referrals/start_competence.html", {"competence": shown})


@require_GET
def started(request: HttpRequest, number: str) -> HttpResponse:
    """What was done, what comes next, and by when each side must act."""
    matter = matter_or_404(request, number)
    if not isinstance(matter, Case | Referral):
        raise Http404
    clocks = matter.clocks.filter(state__in=OPEN).select_related("organ").order_by("overdue_at")
    calendar, moment = calendar_of(request), moment_of(request)
    context = {
        "matter": matter,
        "stage_label": matter.get_stage_label(),
        "clocks": [{"clock": clock, "lamp": lamp(clock, moment, calendar)} for clock in clocks],
        "referral": matter if isinstance(matter, Referral) else None,
    }
    if isinstance(matter, Referral):
        since = matter.served_at or moment
        context |= {
            "approvers": approvers_of(matter.sender, moment),
            "answer": answer_limit(matter, since, calendar),
            "served": matter.served_at is not None,
        }
    return render(request, "referrals/started.html", context)


urlpatterns = [
    path("referrals/start/", start, name="referral-start"),
    path("referrals/start/limits/", limits, name="referral-start-limits"),
    path("referrals/start/competence/", competence, name="referral-start-competence"),
    path("referrals/start/<str:number>/", started, name="referral-started"),
]
