"""协商会议: called, held, its minutes kept, what was agreed followed up (县乡执法协助工作机制 三（四）).

called → held → concluded. Beside it: cancelled. Each invited organ says for itself whether it comes.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.kernel.clocks import Limit
from coordination.kernel.organs import Role
from coordination.kernel.sides import Group, Side
from coordination.kernel.steps import Flow, step
from coordination.kernel.steps.declare import Kind
from jointops import forms, gates

CONVENER = Side("convener", "convener", _("召集单位"))
INVITED = Group("invited", "invited_ids", _("参会单位"))
AWAITED = Group("awaited", "awaited_ids", _("待回复的参会单位"))
OWING = Group("owing", "owing_ids", _("待完成议定事项的单位"))

REPLY = Limit("meetings.reply", _("回复是否参会"), INVITED)
MINUTES = Limit("meetings.minutes", _("召开会议并形成纪要"), CONVENER)
FOLLOW_UP = Limit("meetings.follow_up", _("完成会议议定事项"), OWING)

DESK = (Role.OFFICER, Role.LIAISON, Role.SUPERVISOR, Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)


class Stage(models.TextChoices):
    CALLED = "called", pgettext_lazy("stage", "已通知")
    HELD = "held", pgettext_lazy("stage", "已召开")
    CONCLUDED = "concluded", pgettext_lazy("stage", "议定事项已完成")
    CANCELLED = "cancelled", pgettext_lazy("stage", "已取消")


S = Stage


class MeetingFlow(Flow):
    """The steps of a meeting."""

    KIND = "meetings"
    NUMBER_MARK = "会"
    SIDES = (CONVENER, INVITED, AWAITED, OWING)
    PROGRESS = (S.CALLED, S.HELD, S.CONCLUDED)
    OPENS_FROM = ("cases",)
    OPENS_ALONE = True
    OPENS_PRIMARY = False
    LINKS = {"meeting": (_("为此召开会议"), _("会议所议事项"))}
    Stage = Stage

    class Meta:
        abstract = True

    @step(
        pgettext_lazy("step", "召集会议"),
        source="",
        target=S.CALLED,
        roles=DESK,
        form=forms.CallForm,
        gates=(gates.in_own_name, gates.others_invited, gates.special_meeting_has_its_case),
        documents=("meeting_call",),
        lets_in=(CONVENER, INVITED),
        starts=(REPLY.since("opened_at"),),
        tells=(INVITED,),
        rules=("NW-3.48", "NW-3.49", "NW-3.50", "NW-3.65", "JH-5.1", "JH-5.3"),
    )
    def call(self, actor, planned_at, **facts):
        """Held regularly, at any time as needed, or on one major case with the departments concerned; what the agenda
        is about may be the mechanism itself (列入重要议事日程)."""
        self.take(facts)
        self.convener, self.planned_at = actor.organ, planned_at
        self.act.book.start(MINUTES.since("opened_at"), until=self.day_after(), ground=str(_("会议通知写明的日期")))
        if self.origin_id:
            self.act.link(self.origin_id, None, "meeting")

    @step(
        pgettext_lazy("step", "回复参会"),
        source=S.CALLED,
        by=AWAITED,
        roles=DESK,
        behalf=True,
        form=forms.AttendForm,
        stops=(REPLY,),
        tells=(CONVENER,),
        primary=True,
        rules=("QX-4.6",),
    )
    def attend(self, actor, people, **facts):
        """Who comes, and in what post."""
        self.replied(actor.organ, True, people)

    @step(
        pgettext_lazy("step", "请假并说明理由"),
        source=S.CALLED,
        by=AWAITED,
        roles=DESK,
        behalf=True,
        form=forms.DeclineForm,
        stops=(REPLY,),
        tells=(CONVENER,),
        aside=True,
    )
    def excuse(self, actor, words, **facts):
        """The organ does not come, and says why."""
        self.replied(actor.organ, False, words)

    @step(
        pgettext_lazy("step", "登记会议情况并形成纪要"),
        source=S.CALLED,
        target=S.HELD,
        by=CONVENER,
        roles=DESK,
        form=forms.HoldForm,
        gates=(gates.attendance_named, gates.held_after_the_call),
        stops=(MINUTES,),
        documents=("meeting_minutes",),
        tells=(INVITED,),
        primary=True,
        rules=("NW-3.49", "JH-5.2"),
    )
    def hold(self, actor, at, attending, **facts):
        """Who was there, what was agreed, who saw it differently."""
        self.take(facts)
        self.held_at, self.attending_ids, self.awaited_ids = at, [organ.pk for organ in attending], []
        self.act.book.stop(REPLY)

    @step(
        pgettext_lazy("step", "办结"),
        source=S.HELD,
        target=S.CONCLUDED,
        by=CONVENER,
        roles=DESK,
        only=Kind("all_done", True),
        closes=True,
        primary=True,
        rules=("NW-3.49",),
    )
    def conclude(self, actor, **facts):
        """Everything agreed was somebody's task and is done."""

    @step(
        pgettext_lazy("step", "布置议定事项"),
        source=S.HELD,
        by=CONVENER,
        roles=DESK,
        form=forms.FollowUpForm,
        gates=(gates.follow_up_to_come,),
        tells=(INVITED,),
        primary=True,
        rules=("NW-3.49", "NW-3.68"),
    )
    def assign(self, actor, organ, task, by_day, **facts):
        """What was agreed becomes somebody's duty, by the day that the minutes name: also what staffing, justice and
        finance departments contribute (密切配合)."""
        self.owe(organ, task, by_day)

    @step(
        pgettext_lazy("step", "报告议定事项已完成"),
        source=S.HELD,
        by=OWING,
        roles=DESK,
        behalf=True,
        form=forms.DoneForm,
        stops=(FOLLOW_UP,),
        tells=(CONVENER,),
        primary=True,
        rules=("NW-3.49", "NW-3.68"),
    )
    def report_done(self, actor, words, **facts):
        """The organ has done what it owed."""
        self.done_by(actor.organ, words)

    @step(
        pgettext_lazy("step", "没有须落实的事项，办结"),
        source=S.HELD,
        target=S.CONCLUDED,
        by=CONVENER,
        roles=DESK,
        form=forms.ReasonForm,
        only=Kind("nothing_assigned", True),
        closes=True,
        rules=("NW-3.49",),
    )
    def conclude_at_once(self, actor, **facts):
        """Nothing that was agreed is anybody's task, and it is said why."""

    @step(
        pgettext_lazy("step", "取消会议"),
        source=S.CALLED,
        target=S.CANCELLED,
        by=CONVENER,
        roles=DESK,
        form=forms.ReasonForm,
        tells=(INVITED,),
        closes=True,
        aside=True,
    )
    def cancel(self, actor, **facts):
        """The meeting does not take place, with the reasons."""
