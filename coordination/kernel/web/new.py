"""The first step of a matter on a page, perhaps out of another matter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps import StepForm, begin
from coordination.kernel.steps.declare import Step
from coordination.kernel.web.drafts import forget_draft, keep_draft
from coordination.kernel.web.request import matter_or_404, moment_of
from coordination.kernel.web.step import bound_form, refused, show
from coordination.kernel.words import Refusal


def new_page(request: HttpRequest, model: type[Matter]) -> HttpResponse:
    """The first step of a matter of one kind, perhaps out of another matter (`?from=`)."""
    moment = moment_of(request)
    step = next(one for one in model.steps().values() if one.first)
    origin = _origin(request, model)
    post = next((p for p in posts_of(request.user) if p.role in step.roles), None)
    if post is None or (origin is None and model.OPENS_FROM):
        raise PermissionDenied(_("您的岗位不能办理“%(step)s”。") % {"step": step.label})
    initial = model.first_initial(origin, moment)
    about = {"matter": model(county=post.organ.county), "actor": Actor(request.user, post), "moment": moment}
    form = bound_form(request, step, about, initial)
    context = {
        "matter": None,
        "title": step.label,
        "step": {"name": step.name, "label": step.label, "help": step.help},
        "form": form,
        "version": None,
        "lead": origin.title if origin else "",
        "hints": model.hints(origin, moment),
        "cancel_url": reverse("matter", args=[origin.number]) if origin else reverse(f"{model.KIND}:list"),
    }
    if request.method != "POST":
        return show(request, context)
    if "_draft" in request.POST:
        return keep_draft(request)
    return _begin(request, model, step, form, context) if form.is_valid() else show(request, context, status=422)


def _origin(request: HttpRequest, model: type[Matter]) -> Matter | None:
    """The matter that the new one opens from; 404 for what opens nothing of this kind. What has changed since the
    form was shown, the doorway refuses in words."""
    if not request.GET.get("from"):
        return None
    origin = matter_or_404(request, request.GET["from"])
    if origin.KIND not in model.OPENS_FROM:
        raise Http404
    if request.method != "POST" and not model.may_open_from(origin, request.user):
        raise PermissionDenied(_("“%(title)s”现在不能由您办理此项。") % {"title": origin.title})
    return origin


def _begin(request: HttpRequest, model: type[Matter], step: Step, form: StepForm, context: dict) -> HttpResponse:
    try:
        matter = begin(model, step.name, request.user, organ=form.actor.organ, **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, context, refusal)
    forget_draft(request)
    if matter.hidden_organ_id and not Matter.objects.visible_to(request.user).filter(pk=matter.pk).exists():
        return _out_of_sight(request, matter)
    return redirect("matter", matter.number)


def _out_of_sight(request: HttpRequest, matter: Matter) -> HttpResponse:
    """It accuses the organ that has written it down: it is with a higher one, and gone from here."""
    words = _("已登记，编号%(number)s。该事项反映本单位的问题，已转由%(organ)s办理，本单位不能再查看。")
    messages.success(request, words % {"number": matter.number, "organ": matter.holder.name})
    return redirect(f"{matter.KIND}:list")
