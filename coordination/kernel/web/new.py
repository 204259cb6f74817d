"""The first step of a matter on a page, perhaps out of another matter; photographs may come before it is born."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel.drafts import Draft
from coordination.kernel.materials import bring_in
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps import StepForm, begin
from coordination.kernel.steps.declare import Step
from coordination.kernel.steps.forms import SEALED
from coordination.kernel.web.draft_files import ACTS, act, described, picker
from coordination.kernel.web.drafts import (
    born_of,
    draft_at,
    forget_draft,
    keep,
    keep_draft,
    kept_by,
    may_be_kept,
    note_birth,
    opened_at,
    save_url,
    token_of,
)
from coordination.kernel.web.materials.bounded import bounded
from coordination.kernel.web.request import matter_or_404, moment_of
from coordination.kernel.web.rows import from_to
from coordination.kernel.web.step import mark, status_of
from coordination.kernel.words import Refusal


def _too_large(request: HttpRequest, refusal: Refusal, model: type[Matter]) -> HttpResponse:
    """The form again, with what was typed beside the files that are too large."""
    return Birth(request, model).show(refusal=refusal, status=413)


@bounded(_too_large)
def new_page(request: HttpRequest, model: type[Matter]) -> HttpResponse:
    """The first step of a matter of one kind, perhaps out of another matter (`?from=`)."""
    birth = Birth(request, model)
    return birth.answer() if request.method == "POST" else birth.show()


def _draft_label(user, model: type[Matter]) -> str:
    return str(first_of(model).label)


new_page.draft_label = _draft_label


def first_of(model: type[Matter]) -> Step:
    return next(one for one in model.steps().values() if one.first)


def _born_already(number: str) -> Refusal:
    words = _("本次填写的内容已经登记为%(number)s，没有重复登记。需要登记另一件的，请重新打开登记页面。")
    return Refusal(words % {"number": number}, code="stale")


class Birth:
    """One opening of the form of a first step: whose, at which address, out of which matter, with which draft.

    A workflow that begins in a way of its own (referrals/start) says so in a subclass.
    """

    template = "kernel/new.html"

    def __init__(self, request: HttpRequest, model: type[Matter]) -> None:
        self.request, self.model, self.step = request, model, first_of(model)
        self.moment, self.address = moment_of(request), opened_at(request)
        self.origin = self._origin()
        post = next((p for p in posts_of(request.user) if p.role in self.step.roles), None)
        if post is None or (self.origin is None and self.needs_origin):
            raise PermissionDenied(_("您的岗位不能办理“%(step)s”。") % {"step": self.step.label})
        self.actor = Actor(request.user, post)
        self.draft = draft_at(request.user, self.address) if token_of(request) else None
        self.form = self._bound()

    @property
    def opened(self) -> bool:
        """Whether the reader was shown this form, or would be: for nobody else is anything kept."""
        may = self.origin is None or self.model.may_open_from(self.origin, self.request.user)
        return may or bool(token_of(self.request))

    @property
    def needs_origin(self) -> bool:
        return bool(self.model.OPENS_FROM) and not self.model.OPENS_ALONE

    @property
    def form_class(self) -> type[StepForm]:
        return self.step.form or StepForm

    def initial(self) -> dict:
        """What the origin says, and what was chosen before the form was shown."""
        chosen = {name: self.request.GET[name] for name in self.model.CHOSEN_FIRST if self.request.GET.get(name)}
        return self.model.first_initial(self.origin, self.moment) | chosen

    def _origin(self) -> Matter | None:
        """The matter that the new one opens from; 404 for what opens nothing of this kind. What has changed since the
        form was shown, the doorway refuses in words."""
        if not self.request.GET.get("from"):
            return None
        origin = matter_or_404(self.request, self.request.GET["from"])
        if origin.KIND not in self.model.OPENS_FROM:
            raise Http404
        if self.request.method != "POST" and not self.model.may_open_from(origin, self.request.user):
            raise PermissionDenied(_("“%(title)s”现在不能由您办理此项。") % {"title": origin.title})
        return origin

    def _bound(self) -> StepForm:
        """With what was sent, or with what is known and what the draft has kept."""
        newborn = self.model(county=self.actor.organ.county)
        about = {"matter": newborn, "actor": self.actor, "moment": self.moment, "initial": self.initial()}
        if self.request.method == "POST":
            return self.form_class(self.request.POST, self.request.FILES, **about)
        about["initial"] |= self.draft.as_initial() if self.draft else {}
        return self.form_class(**about)

    def context(self) -> dict:
        origin = self.origin
        return {
            "title": self.step.label,
            "step": {"name": self.step.name, "label": self.step.label, "help": self.step.help},
            "form": self.form,
            "version": None,
            "about": origin,
            "lead": from_to(origin) if origin else "",
            "hints": self.model.hints(origin, self.moment),
            "cancel_url": reverse("matter", args=[origin.number]) if origin else reverse(f"{self.model.KIND}:list"),
            "address": self.address,
            "draft_url": save_url(self.address),
            "draft_saved_at": self.draft and self.draft.saved_at,
            "files": picker(self.address, self.draft),
            "asks_while_typing": any("hx-get" in field.widget.attrs for field in self.form.fields.values()),
        }

    def show(self, status: int = 200, **more) -> HttpResponse:
        fresh = self.request.method == "GET" and self.draft is None
        others = kept_by(self.request.user, f"{self.request.path}?") if fresh else []
        shown = render(self.request, self.template, {**self.context(), "others": others, **more}, status=status)
        if any(name.startswith(SEALED) for name in self.form.fields):
            shown["Cache-Control"] = "no-store"  # who goes back at this screen finds no name
        return shown

    def answer(self) -> HttpResponse:
        """What the button that was pressed asks for."""
        if "_draft" in self.request.POST:
            return keep_draft(self.request, self.address)
        if number := born_of(self.request):
            return self.show(status=409, refusal=_born_already(number))
        asked = [name for name in ACTS if name in self.request.POST]
        if not may_be_kept(self.request):
            forget_draft(self.request)
        elif self.opened and (asked or self.request.FILES.getlist("files")):
            self.draft = keep(self.request, self.address)
            refusals = act(self.request, self.draft)
            if refusals:
                return self.show(status=422, refusal=refusals[0])
            if asked:
                return redirect(f"{self.address}#files")
        return self._begin() if self.form.is_valid() else self._again(422)

    def _again(self, status: int, **more) -> HttpResponse:
        """The form with what is wrong; what was sent is kept, so that leaving the page now costs nothing."""
        if self.opened and may_be_kept(self.request):
            self.draft = keep(self.request, self.address) or self.draft
        return self.show(status=status, **more)

    def _begin(self) -> HttpResponse:
        try:
            with transaction.atomic():
                born = self.give_birth(self.form.cleaned_data)
                Draft.objects.filter(user=self.request.user, key=self.address[:120]).delete()
        except Refusal as refusal:
            if refusal.code == "permission":
                raise PermissionDenied(refusal.message) from refusal
            mark(self.form, refusal)
            return self._again(status_of(refusal), refusal=refusal)
        note_birth(self.request, born.number)
        return self.arrived(born)

    def give_birth(self, facts: dict) -> Matter:
        """The step, and the draft's files as the first materials; all of it or nothing."""
        matter = begin(self.model, self.step.name, self.request.user, organ=self.actor.organ, **facts)
        self.bring_files(matter)
        return matter

    def bring_files(self, matter: Matter) -> list:
        if self.draft is None:
            return []
        said = described(self.draft, self.request.POST)
        return bring_in(self.draft, matter, actor=self.actor, moment=now(), described=said)

    def arrived(self, born: Matter) -> HttpResponse:
        seen = not born.hidden_organ_id or Matter.objects.visible_to(self.request.user).filter(pk=born.pk).exists()
        return redirect("matter", born.number) if seen else self._out_of_sight(born)

    def _out_of_sight(self, born: Matter) -> HttpResponse:
        """It accuses the organ that has written it down: it is with a higher one, and gone from here."""
        words = _("已登记，编号%(number)s。该事项反映本单位的问题，已转由%(organ)s办理，本单位不能再查看。")
        messages.success(self.request, words % {"number": born.number, "organ": born.holder.name})
        return redirect(f"{born.KIND}:list")
