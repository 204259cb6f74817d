"""What the steps of an order ask for. Shared by pages, API and plain calls of perform()."""

from collections.abc import Collection

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.forms import ReasonForm as ReasonForm
from cases.forms import organs, text
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.organs import Organ, Role, User, in_force
from coordination.kernel.retold import label_words
from coordination.kernel.steps import StepForm
from coordination.kernel.steps.fields import DayField
from coordination.kernel.steps.scans import ScanForm, scan
from coordination.kernel.web.moments import end_words
from infosharing.breaches.forms import KINDS
from supervision.authority import papers_of
from supervision.breached import ELSEWHERE, OF_SHARING, breach_of, orders_it, papers_about
from supervision.words import Grade, Outcome, Paper, Source

LEADERS = (Role.PRINCIPAL_HEAD, Role.LEADER_IN_CHARGE)


class DutyField(forms.ModelChoiceField):
    """A time limit of the matter: whose, what, until when."""

    def label_from_instance(self, clock: Clock) -> str:
        return duty_words(clock)


def duty_words(clock: Clock) -> str:
    """On the screen and in the journal alike."""
    until = end_words(clock.due_at) if clock.due_at else _("及时")
    return f"{clock.organ} · {label_words(clock.title)} · {until}"


class LetterFields(StepForm):
    supervised = organs(_("被督办（监督、整改）单位"))
    title = forms.CharField(label=_("事由"), max_length=120, help_text=_("如：移送材料超期未受理"))
    source = forms.ChoiceField(label=_("来源"), choices=Source.choices)
    clock = DutyField(
        Clock.objects.none(), label=_("未按期履行的时限"), required=False, help_text=_("计算过程随文书一并写明")
    )
    situation = forms.ChoiceField(
        label=_("违反信息共享规定的情形"),
        choices=[("", "—"), *KINDS],
        required=False,
        help_text=_("责令限期整改的必选，文书以执法信息共享工作机制 三（五）为依据"),
    )
    rule_missed = forms.CharField(
        label=_("未遵守的条款"),
        max_length=200,
        required=False,
        help_text=_("选了时限或者情形的可以不填；所选时限是本县内部目标的，文书写明不是法定时限"),
    )
    facts_found = text(_("查明的事实"), rows=4)
    finding = text(_("认定意见"), rows=2)
    requirement = text(_("要求"), rows=3)
    answer_by = DayField(label=_("反馈期限"), help_text=_("请于何日前书面反馈办理结果"))
    report_duty = forms.CharField(label=_("报告要求"), max_length=200, required=False)

    def prepare(self) -> None:
        about = self._about()
        clocks = Clock.objects.filter(matter=about, due_at__isnull=False).select_related("organ").order_by("due_at")
        self.fields["clock"].queryset = clocks if about else Clock.objects.none()
        others = self.fields["supervised"].queryset.exclude(pk=self.actor.organ.pk)
        self.fields["supervised"].queryset = others.exclude(kind=Organ.Kind.GOVERNMENT)
        if about:
            self._among_its_partners()

    def _among_its_partners(self) -> None:
        partners = Q(pk__in=Participation.objects.filter(matter=self._about()).values("organ"))
        breach = breach_of(self._matter())
        if orders_it(breach, self.actor.organ):
            partners = Q(pk=breach.accused_id)
        chosen = self.fields["supervised"].queryset.filter(partners)
        self.fields["supervised"].queryset = chosen
        if not chosen.exists():
            self.fields["supervised"].help_text = _("该事项没有本单位以外的单位参与，没有可以发文的对象")

    def _about(self) -> int | None:
        about = self.initial.get("about") or getattr(self.matter, "about_id", None)
        return getattr(about, "pk", about)

    def _matter(self) -> Matter | None:
        """What the order is about."""
        return Matter.objects.filter(pk=self._about()).first()

    def _only_for(self, papers: Collection[str]) -> None:
        """A situation is asked for where one is ordered to put it right, and nowhere else."""
        if Paper.RECTIFICATION in papers:
            self.fields["situation"].required = set(papers) == {Paper.RECTIFICATION}
        else:
            del self.fields["situation"]

    @classmethod
    def words(cls, facts: dict) -> list[list[str]]:
        clock = facts.get("clock")
        return super().words(facts | {"clock": duty_words(clock)} if clock else facts)


class DraftForm(LetterFields):
    groups = (
        (_("发什么文书，给谁"), ("paper", "supervised", "title", "source")),
        (_("为什么"), ("clock", "situation", "rule_missed", "facts_found", "finding")),
        (_("要求什么"), ("requirement", "answer_by", "report_duty")),
    )
    paper = forms.ChoiceField(label=_("文书"), choices=Paper.choices)
    about = forms.ModelChoiceField(Matter.objects.all(), label=_("所涉事项"), required=False, widget=forms.HiddenInput)
    silent = ("about",)

    def prepare(self) -> None:
        super().prepare()
        mine = self._mine()
        self.fields["paper"].choices = [(paper.value, paper.label) for paper in mine]
        if mine:
            self.initial.setdefault("paper", mine[0])
        if Paper.RECTIFICATION in mine:
            self.fields["paper"].help_text = ELSEWHERE
        self.fields["about"].queryset = Matter.objects.filter(pk=self._about())
        self._only_for(mine)

    def _mine(self) -> list[Paper]:
        """The papers of the actor's organ that fit the matter."""
        about, organ = self._matter(), self.actor.organ
        found = dict.fromkeys([*papers_about(breach_of(about), organ), *papers_of(organ, self.moment)])
        fits = about is None or about.kind in OF_SHARING
        return [paper for paper in found if fits or paper != Paper.RECTIFICATION]


class ReviseForm(LetterFields):
    groups = tuple((t, tuple(name for name in names if name != "paper")) for t, names in DraftForm.groups)

    def prepare(self) -> None:
        super().prepare()
        self._only_for([self.matter.paper])


class IssueForm(StepForm):
    words = text(_("签发意见"), rows=2, required=False)


class CloseForm(StepForm):
    words = text(_("结案意见"), rows=2, required=False)


class AnswerForm(ScanForm):
    answer = text(_("办理（整改）结果"), rows=4)
    done_on = DayField(label=_("办结（整改完成）日期"), required=False, help_text=_("文书发出之后、今天为止的日期"))
    reply_scan = scan(_("盖章的书面反馈或者佐证材料"), required=False)
    scans = ("reply_scan",)


class VerifyForm(StepForm):
    grade = forms.ChoiceField(
        label=_("核实结果"), choices=Grade.choices, help_text=_("没有整改到位的，请返回选择“退回补办”")
    )
    words = text(_("核实情况"))


class AgainForm(StepForm):
    words = text(_("还需要办理什么"))
    answer_by = DayField(label=_("新的反馈期限"))


class ExtendForm(StepForm):
    reason = text(_("延长的理由"), rows=2)
    answer_by = DayField(label=_("新的反馈期限"))


class AccountForm(StepForm):
    facts_found = text(_("事实"))
    leader = forms.ModelChoiceField(User.objects.all(), label=_("负责的领导"))
    outcome = forms.ChoiceField(label=_("处理"), choices=Outcome.choices)
    basis = forms.CharField(label=_("依据"), max_length=200)

    def prepare(self) -> None:
        posts = self.matter.supervised.posts.filter(in_force(self.moment.date()), role__in=LEADERS)
        self.fields["leader"].queryset = User.objects.filter(pk__in=posts.values("user"))
