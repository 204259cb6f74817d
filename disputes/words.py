"""The choices of a dispute, in the words of the documents."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ


class DisputeKind(models.TextChoices):
    """What two organs may disagree about (JH-7.1, LX-7.18); a mechanism's ladders name these."""

    JURISDICTION = "jurisdiction", pgettext_lazy("dispute", "执法管辖")
    REFERRAL = "referral", pgettext_lazy("dispute", "移送行政执法案件")
    ASSISTANCE = "assistance", pgettext_lazy("dispute", "行政执法协助")
    LEGAL_BASIS = "legal_basis", pgettext_lazy("dispute", "行政执法依据")
    DUTIES = "duties", pgettext_lazy("dispute", "行政执法职责")
    SUPERVISION = "supervision", pgettext_lazy("dispute", "监管职责")
    JOINT_ENFORCEMENT = "joint_enforcement", pgettext_lazy("dispute", "联合执法")


#: The kinds that 行政处罚法 art. 25 speaks of: its decision designates who is competent.
OF_JURISDICTION = frozenset({DisputeKind.JURISDICTION, DisputeKind.REFERRAL})
#: What a dispute about a matter of this workflow is mostly about.
USUAL = {
    "cases": DisputeKind.JURISDICTION,
    "referrals": DisputeKind.REFERRAL,
    "assistance": DisputeKind.ASSISTANCE,
    "jointops": DisputeKind.JOINT_ENFORCEMENT,
}
#: The workflows that can be disputed and are not moved by it, by app: a dispute about them ends like a general one.
UNMOVED = {
    "infosharing": ("infosharing", "breaches", "claims"),
    "jointops": ("jointops", "meetings"),
    "complaints": ("complaints",),
    "supervision": ("supervision", "patrols"),
}
DESIGNATED = "designated"
#: Who acts while two organs disagree about no matter in particular.
ONE_OF_THE_TWO = gettext_lazy("争议期间由双方之一先行处理，请在本单位和对方单位中选择。")


class Outcome(models.TextChoices):
    """How a dispute without a matter below it can end; a matter below brings its own outcomes (`abide_by`)."""

    APPLICANT = "applicant", pgettext_lazy("dispute", "由申请方负责")
    RESPONDENT = "respondent", pgettext_lazy("dispute", "由被申请方负责")
    SHARED = "shared", pgettext_lazy("dispute", "双方按所列分工各自负责")
    DESIGNATED = DESIGNATED, pgettext_lazy("dispute", "指定其他单位负责")


class Act(models.TextChoices):
    """What is done on a rung (glossary 45): different acts, never one word for another."""

    NEGOTIATE = "negotiate", pgettext_lazy("dispute act", "协商")
    MEDIATE = "mediate", pgettext_lazy("dispute act", "调解")
    COORDINATE = "coordinate", pgettext_lazy("dispute act", "协调")
    RECOMMEND = "recommend", pgettext_lazy("dispute act", "提出执法监督建议")
    DESIGNATE = "designate", pgettext_lazy("dispute act", "指定管辖")
    RULE = "rule", pgettext_lazy("dispute act", "裁决")
    DECIDE = "decide", pgettext_lazy("dispute act", "决定")


SETTLING = frozenset({Act.MEDIATE, Act.COORDINATE})
DECIDING = frozenset({Act.DESIGNATE, Act.RULE, Act.DECIDE})


def disputable() -> list[type[Matter]]:
    """The workflows whose sides may take a matter into a dispute, the lowest first. They stand on lower floors, so that
    they are there before this app is loaded."""
    known = (model for label in settings.WORKFLOWS for model in apps.all_models[label].values())
    return [model for model in known if issubclass(model, Matter) and model.DISPUTABLE]


def unmoved() -> list[str]:
    """The kinds of UNMOVED that this installation has."""
    return [kind for app in settings.WORKFLOWS for kind in UNMOVED.get(app, ())]


def usual_kind(matter: Matter) -> DisputeKind:
    return USUAL.get(matter.KIND, DisputeKind.DUTIES)


def outcomes_of(model: type[Matter] | None) -> list[tuple[str, str]]:
    """How a dispute about a matter of `model` can end, as its own `abide_by` says; `Outcome` without one, or where
    the dispute moves nothing in it."""
    if model is None or not model.DISPUTABLE:
        return list(Outcome.choices)
    return list(model.steps()["abide_by"].form.base_fields["outcome"].choices)


def with_organ(outcome: str, organ: Organ | None) -> str:
    """`由申请方管辖（东寨镇人民政府）`: who that is, where an outcome names one organ."""
    return gettext("%(outcome)s（%(organ)s）") % {"outcome": outcome, "organ": organ.name} if organ else outcome


def every_outcome() -> list[tuple[str, str]]:
    """Of every workflow, for the machine-readable face of the forms; a form on a matter narrows them."""
    known = dict(Outcome.choices)
    for model in disputable():
        known = dict(outcomes_of(model)) | known
    return list(known.items())
