"""The facts of a meeting: who was invited and came, what was agreed, who owes what by when."""

from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.kernel.matters import Matter
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ, posts_of
from coordination.kernel.web.moments import day_words
from coordination.kernel.words import listed
from jointops.meetings.flow import DESK, FOLLOW_UP, INVITED, MeetingFlow
from jointops.words import MeetingKind


class Meeting(MeetingFlow, Matter):
    """A consultation of several organs, with its minutes."""

    origin = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("所议案件"), null=True, related_name="meetings")
    convener = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("召集单位"), related_name="+")
    invited_ids = ArrayField(models.BigIntegerField(), default=list)
    awaited_ids = ArrayField(models.BigIntegerField(), default=list)
    attending_ids = ArrayField(models.BigIntegerField(), default=list)
    owing_ids = ArrayField(models.BigIntegerField(), default=list)
    meeting_kind = models.CharField(_("会议类型"), max_length=8, choices=MeetingKind.choices)
    agenda = models.TextField(_("议题"))
    planned_at = models.DateTimeField(_("会议时间"))
    held_at = models.DateTimeField(_("召开时间"), null=True)
    assigned_at = models.DateTimeField(_("最近一次布置时间"), null=True)
    chair = models.CharField(_("主持人"), max_length=40, blank=True)
    points = models.TextField(_("议定事项"), blank=True)
    differing = models.TextField(_("不同意见"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("协商会议")

    SHOWN = (
        "meeting_kind",
        "convener",
        "agenda",
        "planned_at",
        "place_text",
        "held_at",
        "chair",
        "points",
        "differing",
    )
    KEPT = ("meeting_kind", "title", "agenda", "place_text", "chair", "points", "differing")

    def sections(self) -> list[dict]:
        """Who said that he comes, and who owes what."""
        return [panel for panel in (self._replies(), self._follow_ups()) if panel["facts"]]

    def _replies(self) -> dict:
        """Who said that he comes; once the meeting was held, also who was there."""
        words = {one.organ_id: one.shown() for one in self.replies.all()}
        silent = gettext("待回复") if self.stage == self.Stage.CALLED else gettext("未回复")
        organs = self.invited_organs()
        said = [(organ.short_name, words.get(organ.pk, silent)) for organ in organs]
        there = listed(organ.short_name for organ in organs if organ.pk in self.attending_ids)
        return {"title": _("参会情况"), "facts": [*said, *([(_("实际参会"), there)] if there else [])]}

    def _follow_ups(self) -> dict:
        rows = self.follow_ups.select_related("organ")
        return {"title": _("议定事项落实"), "facts": [(row.organ.short_name, row.shown()) for row in rows]}

    @property
    def all_done(self) -> bool:
        """Whether what was agreed has become somebody's task, and nobody owes anything of it."""
        return not self.nothing_assigned and not self.owing_ids

    @property
    def nothing_assigned(self) -> bool:
        return self.assigned_at is None

    @classmethod
    def opening_label(cls) -> str:
        return _("召开专题会议")

    @classmethod
    def may_open_from(cls, case: Matter, user) -> bool:
        """Whoever bears a case may call the departments together on it (NW-3.50)."""
        mine = {post.organ_id for post in posts_of(user) if post.role in DESK}
        return case.holder_id in mine and case.closed_at is None

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        if origin is None:
            return {"meeting_kind": MeetingKind.REGULAR}
        title = gettext("关于%(case)s的专题会议") % {"case": origin.title}
        return {"origin": origin, "meeting_kind": MeetingKind.SPECIAL, "title": title[:120], "agenda": origin.title}

    def step_initial(self, step: str, moment) -> dict:
        if step != "hold":
            return {}
        coming = self.replies.filter(comes=True).values("organ")
        return {"at": self.planned_at, "attending": list(Organ.objects.filter(pk__in=coming))}

    def take(self, facts: dict) -> None:
        """Take over what a form says of the meeting."""
        for name in self.KEPT:
            if name in facts:
                setattr(self, name, facts[name] or "")
        if "invited" in facts:
            self.invited_ids = [organ.pk for organ in facts["invited"]]
            self.awaited_ids, self.origin = list(self.invited_ids), facts.get("origin")

    def invited_organs(self) -> list[Organ]:
        return INVITED.organs(self)

    def day_after(self) -> datetime:
        """The end of the day of the meeting: minutes are kept then."""
        return self.act.book.end_of(self.planned_at.astimezone(CST).date())

    def replied(self, organ: Organ, comes: bool, words: str) -> None:
        """An organ has answered for itself."""
        self.replies.create(organ=organ, comes=comes, words=words, at=self.act.moment)
        self.awaited_ids = [pk for pk in self.awaited_ids if pk != organ.pk]

    def owe(self, organ: Organ, task: str, by_day: date) -> None:
        """A duty with the day that the minutes name; each has a clock of its own."""
        self.follow_ups.create(organ=organ, task=task, by_day=by_day, assigned_at=self.act.moment)
        self.owing_ids = sorted({*self.owing_ids, organ.pk})
        self.assigned_at = self.act.moment
        named = {"until": self.act.book.end_of(by_day), "ground": str(_("会议纪要写明的日期"))}
        self.act.book.start(FOLLOW_UP.since("assigned_at"), organ, **named)

    def done_by(self, organ: Organ, words: str) -> None:
        """An organ has done all that it owed."""
        self.follow_ups.filter(organ=organ, done_at=None).update(done_at=self.act.moment, words=words)
        self.owing_ids = [pk for pk in self.owing_ids if pk != organ.pk]


class Reply(models.Model):
    """Whether one organ comes; written once."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="replies")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    comes = models.BooleanField()
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("参会回复")
        constraints = [models.UniqueConstraint(fields=["meeting", "organ"], name="one_reply_an_organ")]

    def shown(self) -> str:
        said = gettext("参会") if self.comes else gettext("请假")
        return gettext("%(said)s；%(words)s") % {"said": said, "words": self.words}


class FollowUp(models.Model):
    """What one organ owes after a meeting (议定事项)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    task = models.TextField()
    by_day = models.DateField()
    assigned_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["by_day", "id"]
        verbose_name = verbose_name_plural = _("议定事项")

    def shown(self) -> str:
        state = gettext("已完成：%(words)s") % {"words": self.words} if self.done_at else gettext("待完成")
        day = day_words(self.by_day)
        return gettext("%(task)s\n期限 %(day)s；%(state)s") % {"task": self.task, "day": day, "state": state}
