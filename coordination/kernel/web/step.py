"""Taking a step on a page: the form, the doorway, and a refusal in the place where it can be mended."""

from inspect import ismethod

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel import documents as papers
from coordination.kernel.clocks import OPEN
from coordination.kernel.matters import Matter, child_model
from coordination.kernel.organs import Actor, Organ, Post, in_force, posts_of
from coordination.kernel.steps import OpenStep, StepForm, open_steps, perform, stage_refusal, untimely
from coordination.kernel.steps.declare import Step, applying
from coordination.kernel.steps.open import organs_of
from coordination.kernel.steps.scans import ScanForm, scan
from coordination.kernel.web.drafts import (
    address_of,
    draft_of,
    forget_draft,
    forget_secrets,
    keep,
    keep_draft,
    save_url,
)
from coordination.kernel.web.facts import facts_of
from coordination.kernel.web.lamp import lamp
from coordination.kernel.web.materials.bounded import bounded
from coordination.kernel.web.request import calendar_of, matter_or_404, moment_of, openable_or_404
from coordination.kernel.web.rows import from_to
from coordination.kernel.web.system import NotYours
from coordination.kernel.words import Refusal, named


def _too_large(request: HttpRequest, refusal: Refusal, number: str, name: str) -> HttpResponse:
    """The form again, with what was typed beside the file that is too large."""
    matter, moment = matter_or_404(request, number), moment_of(request)
    one = _open_step(request, matter, name, moment)
    about = {"matter": matter, "actor": Actor(request.user, one.post), "moment": moment}
    context = {
        "about": matter,
        "form": (one.step.form or StepForm)(
            request.POST, initial=_initial(matter, one, moment) if one.offered else {}, **about
        ),
        "cancel_url": reverse("matter", args=[number]),
        "version": matter.version,
        "step": _shown(one),
        "refusal": refusal,
    }
    return show(request, context, status=413)


@bounded(_too_large)
def step_page(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The form of one step of a matter; taking it leads back to the matter's page."""
    matter, moment = matter_or_404(request, number), moment_of(request)
    one = _open_step(request, matter, name, moment)
    actor = Actor(request.user, one.post, one.step.by[0].organ(matter) if one.behalf else None)
    about = {"matter": matter, "actor": actor, "moment": moment}
    form = bound_form(request, one.step, about, _initial(matter, one, moment) if one.offered else {})
    behalf = _behalf_form(request, one.step, about) if one.behalf else None
    context = {
        "about": matter,
        "form": form,
        "behalf_form": behalf,
        "lead": from_to(matter),
        "lamp": _lamp(request, matter),
        "weighed": facts_of(matter, matter.step_shown(name)) if one.offered else [],
        "cancel_url": reverse("matter", args=[number]),
        "version": _version(request, matter),
        "step": _shown(one),
        "preview": bool(one.step.documents or one.step.previews),
    }
    if request.method != "POST":  # whoever follows an old link is told before he types
        return show(request, {**context, "refusal": stage_refusal(matter, one.step)})
    if "_draft" in request.POST:
        return keep_draft(request)
    right = [each.is_valid() for each in (form, behalf) if each is not None]
    if all(right):
        return _take(request, matter, one, form, behalf, context)
    return _unfinished(request, matter, one, form, behalf, context)


def _unfinished(request, matter: Matter, one: OpenStep, form: StepForm, behalf, context: dict) -> HttpResponse:
    """Something is still wrong; what was uploaded with it is kept, for a browser gives no file twice."""
    try:
        if "_preview" not in request.POST:
            _keep_uploads(one, form, behalf)
    except Refusal as refusal:
        return _again(request, one, refused_with(context, refusal, matter), status_of(refusal))
    return _again(request, one, context, 422)


def _keep_uploads(one: OpenStep, *filled: StepForm | None) -> None:
    for each in filled:
        if one.offered and isinstance(each, ScanForm):
            each.keep_uploads()


def _again(request: HttpRequest, one: OpenStep, context: dict, status: int) -> HttpResponse:
    """The form with what is wrong; what was sent is kept, so that leaving the page now costs nothing."""
    if one.offered and "_preview" not in request.POST:
        keep(request, address_of(request))
    return show(request, context, status=status)


def _draft_label(user, number: str, name: str) -> str | None:
    """What a kept form of a step is called: the step and the number of a matter that the reader may see."""
    kind = Matter.objects.visible_to(user).filter(number=number).values_list("kind", flat=True).first()
    step = child_model(kind).steps().get(name) if kind else None
    return named(step.label, number) if step else None


step_page.draft_label = _draft_label


def _take(request, matter: Matter, one: OpenStep, form: StepForm, behalf, context: dict) -> HttpResponse:
    try:
        if "_preview" in request.POST:
            return _preview(matter, one, form)
        _keep_uploads(one, form, behalf)
        perform(
            matter,
            one.step.name,
            request.user,
            version=context["version"],
            behalf=behalf.cleaned_data if behalf else None,
            **form.cleaned_data,
        )
    except Refusal as refusal:
        return _again(request, one, refused_with(context, refusal, matter), status_of(refusal))
    forget_draft(request)
    return redirect("matter", matter.number)


def _version(request: HttpRequest, matter: Matter) -> int:
    """What the page showed; what is no number was never shown, and is refused as stale."""
    shown = request.POST.get("version") or str(matter.version)
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else -1


def refused_with(context: dict, refusal: Refusal, matter: Matter) -> dict:
    """What the page shows again: what was typed, the words of the refusal, and the fresh version to try once more."""
    if refusal.code == "stale":
        context["version"] = Matter.objects.values_list("version", flat=True).get(pk=matter.pk)
    mark(context["form"], refusal)
    return {**context, "refusal": refusal}


def mark(form: StepForm, refusal: Refusal) -> None:
    """Say the refusal at the field that it names."""
    if refusal.field in form.fields:
        form.add_error(refusal.field, refusal.message)


def status_of(refusal: Refusal) -> int:
    return 409 if refusal.code in ("stale", "stage") else 422


def show(request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
    draft = draft_of(request)
    kept = {"draft_url": save_url(address_of(request)), "draft_saved_at": draft and draft.saved_at}
    return render(request, "kernel/step.html", {**kept, **context}, status=status)


def _open_step(request: HttpRequest, matter: Matter, name: str, moment) -> OpenStep:
    """The step if it is open to the reader; else why not, to one who may see the matter."""
    behalf = "behalf" in request.GET
    for one in open_steps(matter, request.user, moment):
        if one.step.name == name and one.behalf == behalf:
            return one
    step = type(matter).steps().get(name)
    if step is None or step.caused or step.first:
        raise Http404
    openable_or_404(request, matter)  # what a form offers to choose from lies in the matter
    if request.method == "POST" or matter.stage not in step.source:
        # the doorway says why, and the page keeps what was typed
        return OpenStep(step, posts_of(request.user)[0], offered=False)
    if refusal := untimely(matter, step, moment):  # there is nobody to be asked
        raise NotYours(refusal.message, [])
    others = whom_to_ask(request.user, matter, step, moment)
    raise NotYours(_("“%(step)s”现在不能由您办理。") % {"step": step.label}, others)


def whom_to_ask(reader, matter: Matter, step: Step, moment) -> list[dict]:
    """Those who may take the step: at most five other holders of its roles in the organs whose turn it is."""
    organs = organs_of(step.by, matter)
    posts = Post.objects.filter(in_force(moment.date()), organ__in=organs, role__in=step.roles, user__is_active=True)
    posts = posts.exclude(user=reader)
    people = {post.user_id: post for post in posts.select_related("user", "organ").order_by("pk")[:20]}
    return [
        {"name": post.user.name, "organ": str(post), "phone": post.user.phone or post.organ.phone}
        for post in list(people.values())[:5]
    ]


def _initial(matter: Matter, one: OpenStep, moment) -> dict:
    """What is known is not typed again: the matter's own values under the form's names, and now for the moments. Its
    number is the platform's: a form that asks for one asks for another."""
    form = one.step.form or StepForm
    known = {name: getattr(matter, name) for name in form.base_fields if name != "number" and hasattr(matter, name)}
    return (
        {"at": moment, "told_at": moment, "found_at": getattr(matter, "discovered_at", moment)}
        | {
            name: value.all() if hasattr(value, "all") else value
            for name, value in known.items()
            if value not in (None, "") and not ismethod(value)  # `people` is what a matter can do, not what it has
        }
        | matter.step_initial(one.step.name, moment)
    )


def bound_form(request: HttpRequest, step: Step, about: dict, initial: dict) -> StepForm:
    """The step's form with what was sent, or with what is known and what a draft has kept."""
    form = step.form or StepForm
    if request.method == "POST":
        forget_secrets(request)
        return form(request.POST, request.FILES, initial=initial, **about)
    draft = draft_of(request)
    return form(initial=initial | (draft.as_initial() if draft else {}), **about)


class BehalfForm(ScanForm):
    """What a record on behalf of another organ needs besides the step's own facts; of several organs, which one."""

    organ = forms.ModelChoiceField(Organ.objects.all(), label=gettext_lazy("代为记录的单位"), required=False)
    scan = scan(gettext_lazy("对方办理的书面凭证"))
    behalf_words = forms.CharField(label=gettext_lazy("代为记录的说明"), required=False)
    scans = ("scan",)

    def __init__(self, *args, step: Step | None = None, **kwargs) -> None:
        self.step = step
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        acting = organs_of(self.step.by, self.matter) if self.step else ()
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=acting)
        self.fields["organ"].required = True
        if len(acting) < 2:
            del self.fields["organ"]


def _behalf_form(request: HttpRequest, step: Step, about: dict) -> BehalfForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return BehalfForm(*sent, step=step, **about)


def _shown(one: OpenStep) -> dict:
    step = one.step  # only what ends a matter off its road is a danger: 办结 is where everybody wants to come
    return {"name": step.name, "label": step.label, "help": step.help, "danger": step.closes and step.aside}


def _lamp(request: HttpRequest, matter: Matter):
    clock = matter.clocks.filter(state__in=OPEN).order_by("overdue_at").first()
    return lamp(clock, moment_of(request), calendar_of(request)) if clock else None


def _preview(matter: Matter, one: OpenStep, form: StepForm) -> HttpResponse:
    """The first paper that the step would issue or lets go, with a draft mark; nothing is stored."""
    keys = applying(one.step.documents or one.step.previews, matter, form.moment)
    if not keys or not one.offered:
        raise Refusal(_("“%(step)s”现在没有可以由您预览的文书。") % {"step": one.step.label}, code="stage")
    pdf = papers.preview(keys[0], matter, form.actor, form.cleaned_data)
    return HttpResponse(pdf, content_type="application/pdf", headers={"X-Content-Type-Options": "nosniff"})
