"""What the page of a dispute shows beside its facts: who acts meanwhile, the ladder as a staircase, both statements."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coordination.kernel.now import now
from coordination.kernel.organs import Organ, User, posts_of
from coordination.kernel.web.moments import moment_words
from disputes.dates import dates_of
from disputes.words import Act, with_organ

OVER = ("agreed", "decided", "concluded")


class Shown:
    """The panels of a dispute's page."""

    def sections_for(self, user: User) -> list[dict]:
        said = [*self.claims(), *self.side_by_side(user)]
        return [self.meanwhile(), *self.put_forward_words(user), self.stairs(), *said]

    def meanwhile(self) -> dict:
        """Who acts while the dispute is open is always named (QX-5.5); afterwards, how it ended."""
        if self.stage in OVER:
            return {"title": _("处理结果"), "facts": [(_("结果"), self.result()), *self.record_facts()]}
        if self.stage == "withdrawn":
            return {"title": _("处理结果"), "facts": [(_("结果"), self.get_stage_label())]}
        words = _("争议期间不停止执法活动：由下列单位继续办理，该事项的各项期限照常计算。")
        return {"title": _("争议期间"), "words": words, "facts": [(_("继续办理的单位"), self.keeper.name)]}

    def record_facts(self) -> list[tuple[str, str]]:
        """Of a decision that was recorded for the body: which paper it is, and who recorded it."""
        if not self.recorded:
            return []
        return [
            (_("决定书文号"), self.decision_number),
            (_("决定日期"), f"{self.decided_on:%Y-%m-%d}"),
            (_("决定的记录"), _("由%(organ)s代为记录") % {"organ": self.recorded_by.name}),
        ]

    @property
    def keeper(self) -> Organ:
        """Who holds the disputed matter now; without one, who was named at the beginning."""
        return self.about.holder if self.about_id else self.interim

    def result(self) -> str:
        return self.outcome_words(self.outcome, self.designated)

    def outcome_words(self, outcome: str, designated: Organ | None) -> str:
        """`指定其他单位管辖（县水利局）`: an outcome by its label, with the organ that it names."""
        label = str(dict(self.outcomes_about(self.lower)).get(outcome, outcome))
        return with_organ(label, self.organ_of(outcome, designated))

    # what lies before somebody for his word

    def proposed(self) -> list[tuple[str, str]]:
        """What was put forward, or drafted for signature: how it should end, and why."""
        if not self.proposed_outcome:
            return []
        return [
            (_("处理结果"), self.outcome_words(self.proposed_outcome, self.proposed_organ)),
            (_("查明的事实和认定"), self.proposal.get("finding", "")),
            (_("内容和理由"), self.proposed_words),
        ]

    def put_forward_words(self, user: User) -> list[dict]:
        """A proposal is read by all who take part; a draft decision by the body alone, until it is signed."""
        if self.stage == "proposed":
            title = _("待表态的意见")
        elif self.stage == "drafted" and self.body_id in {post.organ_id for post in posts_of(user)}:
            title = _("待签发的处理决定")
        else:
            return []
        return [{"title": title, "facts": [fact for fact in self.proposed() if fact[1]]}]

    def step_shown(self, step: str) -> list[tuple[str, str]]:
        """Nobody consents, refuses or signs without what he decides on before his eyes."""
        return self.proposed() if step in ("consent", "refuse", "decide", "return_draft") else []

    # the ladder

    def stairs(self) -> dict:
        dated = dates_of(self)
        return {
            "title": _("处理阶梯"),
            "note": _("本级办不成的，任何一方可以单独提请上一级"),
            "template": "disputes/staircase.html",
            "rungs": [rung | dated.get(number, {}) for number, rung in enumerate(self.rungs())],
        }

    def rungs(self, names: dict[int, str] | None = None) -> list[dict]:
        """Each rung with its body, basis and quote, and where the dispute stands. `names`: of the organs, if known."""
        names = names or self.body_names
        return [
            {
                "act": Act(rung["act"]).label,
                "body": names.get(rung["organ"]) or _("双方"),
                "basis": rung["basis"],
                "quote": rung["quote"],
                "local": rung["nature"] == "local",
                "direct": rung.get("direct"),
                "state": self._mark(number),
                "words": self._words(number),
            }
            for number, rung in enumerate(self.ladder)
        ]

    def _mark(self, number: int) -> str:
        over = self.stage in OVER
        return "done" if number < self.rung or (over and number == self.rung) else "now" if number == self.rung else ""

    def _words(self, number: int) -> str:
        if number > self.rung:
            return ""
        if number < self.rung:
            return self._behind(number)
        return _("在这一级解决") if self.stage in OVER else self.get_stage_label()

    def _behind(self, number: int) -> str:
        """Why the dispute has left a rung; `taken_up_from` is the one from which the common superior took it up."""
        if self.taken_up_from is None or number < self.taken_up_from:
            return _("未能解决")
        return _("由上级直接受理") if number == self.taken_up_from else _("未经过这一级")

    @cached_property
    def body_names(self) -> dict[int, str]:
        bodies = {rung["organ"] for rung in self.ladder} - {None}
        return dict(Organ.objects.filter(pk__in=bodies).values_list("pk", "name"))

    def rung_title(self, number: int) -> str:
        """`调解（宁武县司法局）`."""
        rung = self.ladder[number]
        body = self.body_names.get(rung["organ"]) or _("双方")
        return _("%(act)s（%(body)s）") % {"act": Act(rung["act"]).label, "body": body}

    # the statements

    def side_by_side(self, user: User) -> list[dict]:
        """Both statements of each rung, the present one's first, each side's in its column; a side reads the other's in
        its time."""
        written: dict[int, list] = {}
        for one in self.statements.select_related("organ", "designated"):
            written.setdefault(one.rung, []).append(one)
        mine = {post.organ_id for post in posts_of(user)}
        return [
            {
                "title": _("双方陈述意见：%(rung)s") % {"rung": self.rung_title(number)},
                "template": "disputes/statements.html",
                "columns": self._columns(written[number], mine, self.may_read_all(user, number)),
            }
            for number in sorted(written, reverse=True)
        ]

    def may_read_all(self, user: User, rung: int) -> bool:
        """Whoever stands on neither side reads both at once; a side waits for the other, or for the end of its time, so
        that nobody writes against what he has read. On a rung that is left nobody writes any more."""
        of_a_side = {post.organ_id for post in posts_of(user)} & set(self.parties)
        return not of_a_side or rung < self.rung or self.statements_open(now())

    def _columns(self, written: list, mine: set[int], free: bool) -> list[dict]:
        return [self._column(organ, written, free or organ.pk in mine) for organ in (self.applicant, self.respondent)]

    def _column(self, organ: Organ, written: list, readable: bool) -> dict:
        said = next((one for one in written if one.organ_id == organ.pk), None)
        if said is None:
            return {"organ": organ.name, "note": _("尚未提交")}
        if not readable:
            return {"organ": organ.name, "note": _("已提交。双方都提交或者期限届满后，双方可以互相查看。")}
        facts = [
            (_("主张"), self.outcome_words(said.outcome, said.designated)),
            (_("事实和理由"), said.words),
            (_("依据"), said.basis),
            (_("提交时间"), moment_words(said.at)),
        ]
        return {"organ": organ.name, "facts": facts}
