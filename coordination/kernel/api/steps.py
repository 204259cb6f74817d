"""Taking steps: one operation for each step that a flow declares, through the same doorway as the pages."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.kernel.api import shapes, telling
from coordination.kernel.api.base import Described, View
from coordination.kernel.api.forms import checked, read, serializer_of
from coordination.kernel.api.once import PARAMETER, once
from coordination.kernel.api.problems import MEDIA_TYPE, Unprocessable
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Actor, posts_of
from coordination.kernel.steps import OpenStep, StepForm, begin, open_steps, perform
from coordination.kernel.steps.declare import Step
from coordination.kernel.web.request import moment_of
from coordination.kernel.web.step import BehalfForm
from coordination.kernel.words import Refusal


def first_step(model: type[Matter]) -> Step | None:
    """The step by which a person begins a matter of this kind: the first that is declared as such."""
    return next((one for one in model.steps().values() if one.first), None)


def open_to_programs(model: type[Matter]) -> list[Step]:
    """The steps that are taken on a matter and not brought about by another one."""
    return [one for one in model.steps().values() if not one.first and not one.caused]


def serializer(model: type[Matter], step: Step) -> type:
    name = "".join(part.title() for part in (model.KIND, *step.name.split("_")))
    return serializer_of(step.form or StepForm, name, behalf=step.behalf, matter=not step.first)


class StepSchema(Described):
    """An operation that is described by the step's own words."""

    def step(self) -> Step | None:
        return getattr(self.view, "step", None) if self.method == "POST" else None

    def get_operation_id(self) -> str:
        step = self.step()
        return f"{self.view.model.KIND}_{step.name}" if step else super().get_operation_id()

    def get_summary(self) -> str | None:
        step = self.step()
        return str(step.label) if step else super().get_summary()

    def get_description(self) -> str:
        step = self.step()
        return "\n\n".join(filter(None, (step.doc, str(step.help)))) if step else super().get_description()

    def get_override_parameters(self) -> list:
        return [PARAMETER] if self.step() else super().get_override_parameters()

    def get_request_serializer(self):
        step = self.step()
        return serializer(self.view.model, step) if step else super().get_request_serializer()

    def get_response_serializers(self):
        step = self.step()
        if step is None:
            return super().get_response_serializers()
        good = {201 if step.first else 200: shapes.Receipt}
        return good | {(422, MEDIA_TYPE): shapes.Problem}


class StepView(View):
    """POST takes one step of a matter."""

    schema = StepSchema()
    step: Step | None = None

    def post(self, request: Request, number: str) -> Response:
        """Refused as the page would refuse it, in the same words."""
        matter = self.matter(request, number)
        facts = read(serializer(self.model, self.step), request.data)
        return once(request, lambda: self._taken(request, matter, facts))

    def _taken(self, request: Request, matter: Matter, facts: dict) -> Response:
        moment, behalf = moment_of(request), facts.pop("behalf", None)
        version = facts.pop("version", None)
        one = self._open(request, matter, moment, behalf is not None)
        if one is None or version not in (None, matter.version):
            self._refuse(request, matter, version, behalf)
        about = {"matter": matter, "moment": moment, "initial": matter.step_initial(self.step.name, moment)}
        about["actor"] = Actor(request.user, one.post, self.step.by[0].organ(matter) if one.behalf else None)
        form = checked(self.step.form or StepForm, facts, **about)
        voucher = _voucher(behalf, about | {"step": self.step}) if behalf is not None else None
        entry = perform(matter, self.step.name, request.user, version=version, behalf=voucher, **form.cleaned_data)
        done = type(matter).fetch(matter.pk)
        return Response(telling.receipt(done, entry.documents.select_related("organ").defer("html")))

    def _open(self, request: Request, matter: Matter, moment: datetime, behalf: bool) -> OpenStep | None:
        offered = open_steps(matter, request.user, moment)
        return next((one for one in offered if one.step.name == self.step.name and one.behalf == behalf), None)

    @transaction.atomic
    def _refuse(self, request: Request, matter: Matter, version: int | None, behalf: dict | None) -> None:
        """The doorway says why not, before anything is said of the facts. Always raises, so nothing is done."""
        perform(matter, self.step.name, request.user, version=version, behalf=behalf)
        raise Refusal(_("事项刚刚有了变化，请重新读取后再办理。"), code="stale")


def _voucher(behalf: dict, about: dict) -> dict:
    """What a record on behalf of another organ rests on."""
    try:
        return checked(BehalfForm, behalf, **about | {"initial": {}}).cleaned_data
    except Unprocessable as fault:
        raise Unprocessable({"behalf": fault.detail}) from fault


class Birth(View):
    """POST begins a matter, out of another one where the flow says so."""

    schema = StepSchema()
    step: Step | None = None

    def post(self, request: Request) -> Response:
        """The matter is in the name of the first organ whose post fits."""
        facts = read(serializer(self.model, self.step), request.data)
        return once(request, lambda: self._born(request, facts))

    def _born(self, request: Request, facts: dict) -> Response:
        moment, step = moment_of(request), self.step
        post = next((p for p in posts_of(request.user) if p.role in step.roles), None)
        if post is None:
            raise PermissionDenied(_("您的岗位不能办理“%(step)s”。") % {"step": step.label})
        initial = self.model.first_initial(self._origin(request, facts), moment)
        about = {"matter": self.model(county=post.organ.county), "actor": Actor(request.user, post), "moment": moment}
        form = checked(step.form, facts, initial=initial, **about)
        matter = begin(self.model, step.name, request.user, organ=post.organ, **form.cleaned_data)
        answer = telling.receipt(self.model.fetch(matter.pk), matter.documents.select_related("organ").defer("html"))
        return Response(answer, status=201, headers={"Location": answer["url"]})

    def _origin(self, request: Request, facts: dict) -> Matter | None:
        """The matter that this one opens from: the fact that names a matter; one that the caller may see."""
        if not getattr(self.model, "OPENS_FROM", ()):
            return None
        fields = self.step.form.base_fields.items()
        name = next(n for n, f in fields if issubclass(getattr(getattr(f, "queryset", None), "model", type), Matter))
        if self.model.OPENS_ALONE and not facts.get(name):
            return None
        seen = Matter.objects.visible_to(request.user).filter(kind__in=self.model.OPENS_FROM, number=facts[name])
        found = seen.first()
        if found is None:
            raise Unprocessable({name: [ErrorDetail(_("没有找到这个事项，或者您无权查看。"), code="invalid_choice")]})
        return found.as_child()
