"""One step on several matters at once: only what decides nothing and asks for the same facts (`Step.bulk`), each
through the doorway by itself, with its own result."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor, User, posts_of
from coordination.kernel.steps import StepForm, open_steps, perform
from coordination.kernel.steps.declare import Step
from coordination.kernel.web.request import moment_of
from coordination.kernel.web.workflows import child, with_children, workflow
from coordination.kernel.words import Refusal

MOST = 100


def bulk_steps(model: type[Matter], user: User) -> list[dict]:
    """The steps of a workflow that may be taken on several matters, as buttons of the list of who has a post for it."""
    roles = {post.role for post in posts_of(user)}
    steps = [step for step in model.steps().values() if step.bulk and roles & set(step.roles)]
    return [{"label": _title(step), "url": reverse("bulk", args=[model.KIND, step.name])} for step in steps]


def _title(step: Step) -> str:
    return pgettext("bulk", "批量%(step)s") % {"step": step.label}


@dataclass
class Chosen:
    """A ticked matter: whether the step is open to the reader, and what came of it."""

    matter: Matter
    url: str
    actor: Actor | None
    done: bool = False
    words: str = ""


def bulk(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """The form once, for all that were ticked; then the result of each."""
    model = workflow(kind)
    step = model.steps().get(name)
    if step is None or not step.bulk:
        raise Http404
    chosen = _chosen(request, model, step)
    open_ones = [one for one in chosen if one.actor]
    form_class = step.form or StepForm
    form = form_class(request.POST if request.method == "POST" else None, initial=_introduced(form_class, request.user))
    taken = request.method == "POST" and bool(open_ones) and form.is_valid()
    if taken:
        for one in open_ones:
            _take(request, one, step, form.cleaned_data)
    context = {
        "title": _title(step),
        "step": step,
        "chosen": chosen,
        "count": len(open_ones),
        "done": sum(one.done for one in chosen),
        "form": form,
        "taken": taken,
        "list_url": reverse(f"{kind}:list"),
    }
    return render(request, "kernel/bulk.html", context, status=200 if taken or request.method == "GET" else 422)


def _introduced(form_class: type[StepForm], user: User) -> dict:
    """What the form asks of the person at the screen is not typed again."""
    return {field: getattr(user, attribute) for field, attribute in form_class.own.items()}


def _chosen(request: HttpRequest, model: type[Matter], step: Step) -> list[Chosen]:
    """The ticked matters that the reader may see: first those that can be taken, of each the oldest first. The numbers
    come from the address and the form."""
    moment = moment_of(request)
    asked = request.POST.getlist("m") if request.method == "POST" else request.GET.getlist("m")
    numbers = [number.replace("\0", "") for number in asked[:MOST]]
    visible = Matter.objects.visible_to(request.user, model.KIND).filter(number__in=numbers).order_by("id")
    found = [_of(child(matter), step, request, moment) for matter in with_children(visible, models=[model])]
    return sorted(found, key=lambda one: one.actor is None)


def _of(matter: Matter, step: Step, request: HttpRequest, moment) -> Chosen:
    offered = (one for one in open_steps(matter, request.user, moment) if one.step is step and not one.behalf)
    one = next(offered, None)
    words = "" if one else _("不能办理：当前环节“%(stage)s”，或者不由您办理") % {"stage": matter.get_stage_label()}
    actor = Actor(request.user, one.post) if one else None
    return Chosen(matter, reverse("matter", args=[matter.number]), actor, words=words)


def _take(request: HttpRequest, one: Chosen, step: Step, facts: dict) -> None:
    try:
        perform(one.matter, step.name, request.user, version=_shown(request, one.matter), **facts)
        one.done, one.words = True, _("已%(step)s") % {"step": step.label}
    except Refusal as refusal:
        one.words = str(refusal.message)


def _shown(request: HttpRequest, matter: Matter) -> int:
    """The version that the page showed of a matter."""
    shown = request.POST.get(f"version-{matter.pk}", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else -1


urlpatterns = [path("bulk/<slug:kind>/<slug:name>/", bulk, name="bulk")]
