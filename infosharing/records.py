"""The facts of a shared record, what its steps do with them, and who reads what."""

from datetime import date, datetime, time

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from coordination.kernel.matters import Matter, Secrecy
from coordination.kernel.now import CST, now
from coordination.kernel.organs import Organ, Role, User, posts_of
from coordination.kernel.words import law_language, named
from infosharing.contents import BY_KEY, CHOICES, Content
from infosharing.flow import OPINION, OUT, REPORT, SHARE, SharingFlow
from infosharing.gates import WAITING, in_law_language, latest_extension
from infosharing.panels import sections_of, watches
from infosharing.prefill import known_of, may_share
from infosharing.subscriptions import subscribers
from infosharing.versions import Version
from infosharing.words import ERASED, KEPT_SECRETS, Opinion, Secret


class SharedRecord(SharingFlow, Matter):
    """A piece of information on its way from the organ that formed it to those that need it."""

    provider = models.ForeignKey(Organ, models.PROTECT, verbose_name=_("提供单位"), related_name="+")
    content_class = models.CharField(_("信息类别"), max_length=16, choices=CHOICES)
    formed_at = models.DateTimeField(_("形成（收到）时间"))
    secret = models.CharField(_("是否涉密"), max_length=8, choices=KEPT_SECRETS, default=Secret.NONE)
    recipients = ArrayField(models.BigIntegerField(), default=list)
    awaited = ArrayField(models.BigIntegerField(), default=list)
    purpose = models.CharField(_("使用目的"), max_length=200, blank=True)
    scope = models.CharField(_("使用范围和要求"), max_length=200, blank=True)
    copy_notice = models.BooleanField(_("制发抄告函"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("审查人"), null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("审查时间"), null=True)
    right_holder = models.CharField(_("权利人"), max_length=120, blank=True)
    right_holder_address = models.CharField(_("权利人地址"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("征求意见时间"), null=True)
    reply_by = models.DateField(_("答复日期"), null=True)
    replied_at = models.DateTimeField(_("权利人答复时间"), null=True)
    opinion = models.CharField(_("权利人意见"), max_length=8, choices=Opinion.choices, blank=True)
    shared_at = models.DateTimeField(_("共享时间"), null=True)
    corrected_at = models.DateTimeField(_("更正时间"), null=True)
    not_shared_because = models.TextField(_("不予共享的理由"), blank=True)
    withdrawn_because = models.TextField(_("撤回的理由"), blank=True)
    reported_at = models.DateTimeField(_("平台上报时间"), null=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("上报人"), null=True, related_name="+"
    )
    receipt_number = models.CharField(_("平台回执号"), max_length=60, blank=True)
    origin = models.ForeignKey(Case, models.PROTECT, verbose_name=_("原案件"), null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("信息共享")
        indexes = [
            models.Index(fields=["content_class"], name="record_class"),
            models.Index(fields=["origin"], name="record_origin", condition=models.Q(origin__isnull=False)),
        ]

    SHOWN = (
        "content_class",
        "provider",
        "item",
        "formed_at",
        "secret",
        "purpose",
        "scope",
        "reviewed_by",
        "reviewed_at",
        "asked_at",
        "reply_by",
        "opinion",
        "replied_at",
        "shared_at",
        "corrected_at",
        "not_shared_because",
        "withdrawn_because",
        "reported_at",
        "reported_by",
        "receipt_number",
    )

    # —— what is known before anybody types ——

    @classmethod
    def opening_label(cls) -> str:
        return gettext("共享处罚决定")

    @classmethod
    def may_open_from(cls, case: Matter, user: User) -> bool:
        mine = {post.organ_id for post in posts_of(user) if post.role in (Role.OFFICER, Role.LIAISON)}
        return case.holder_id in mine and may_share(case)

    @classmethod
    def first_initial(cls, origin, moment) -> dict:
        """Of a case whatever it knows: nothing is typed twice."""
        return {"formed_at": moment} | (known_of(origin) if origin else {})

    def step_initial(self, step: str, moment) -> dict:
        """The facts of the version in force stand ready to be bettered; the recipients that were chosen to be shared
        with."""
        if step in ("revise", "correct"):
            return self.version_now.typed()
        if step in ("share", "ask_right_holder"):
            return {"recipients": Organ.objects.filter(pk__in=self.recipients)}
        if step in ("record_consent", "record_refusal"):
            today = moment.astimezone(CST).date()
            return {"answered_on": today} if today <= self.reply_by else {}
        return {}

    def preferred_step(self, limit: str) -> str | None:
        """Before its right holder has agreed it cannot be shared: he is asked first (NW-4.26)."""
        return "ask_right_holder" if self.stage == self.Stage.REVIEWED and self.needs_consent else None

    # —— what steps do ——

    def take(self, actor, facts: dict) -> None:
        for name in ("content_class", "formed_at", "item", "purpose", "scope"):
            setattr(self, name, facts.get(name) or getattr(self, name))
        self.provider, self.recorded_by, self.origin = actor.organ, actor.user, facts.get("case")
        self.recipients = sorted({organ.pk for organ in facts.get("recipients") or ()})
        self.restrict(facts["secret"])
        self.write(facts, "")
        self.title = facts.get("title") or self.title_words()
        if self.origin:
            self.act.link(self.origin.pk, None, "shared_record")
        if self.origin and self.content_class == "penalty":
            self.formed_at = self.origin.decided_at  # on which its time has been running in the case
            self.act.next(self.origin.pk, "share_decision")

    def restrict(self, secret: str) -> None:
        """What needs its right holder's consent is read with a purpose and a log (NW-4.26, NW-4.34)."""
        self.secret = secret
        self.secrecy = Secrecy.NONE if secret == Secret.NONE else Secrecy.RESTRICTED

    def ask(self, right_holder: str, recipients, purpose: str, scope: str, **more) -> None:
        """Whose consent is asked, and to what: which readers, for what, within which bounds."""
        self.right_holder, self.right_holder_address = right_holder, more.get("right_holder_address", "")
        self.recipients = sorted({organ.pk for organ in recipients})
        self.purpose, self.scope = purpose, scope

    def wait_for_answer(self) -> None:
        """What may not go out before an answer is not late by waiting for it: the sharing is put off to the working day
        after the reply day, as far as the county allows (NW-3.47, NW-4.26). What was late before stays late."""
        book, moment = self.act.book, self.act.moment
        day = book.calendar.working_day(self.reply_by, 1)
        until = book.end_of(min(filter(None, (day, latest_extension(self, moment)))))
        if any(clock.due_at and clock.due_at < until and not clock.overdue(moment) for clock in book.of(SHARE)):
            book.extend(SHARE, until, in_law_language(WAITING))

    def hear(self, opinion: str, answered_on: date | None) -> None:
        """What the right holder answered, and on which day; the waiting for it has ended then."""
        moment = self.act.moment
        self.opinion, self.replied_at = opinion, moment
        if answered_on and answered_on != moment.astimezone(CST).date():
            self.replied_at = max(self.asked_at, datetime.combine(answered_on, time.min, CST))
        self.act.book.stop(OPINION, at=self.replied_at)

    def would_reach(self) -> bool:
        """Whether anybody has subscribed to it."""
        return self.secrecy == Secrecy.NONE and bool(subscribers(self) - {self.provider_id})

    def write(self, facts: dict, reason: str) -> None:
        """A new version of the content; lists name the party only of what anyone who sees the record may read."""
        version = Version.of(self, facts, reason)
        open_to_lists = self.secrecy == Secrecy.NONE and not self.content.nameless
        self.subject_name = version.facts.get("party", "")[:120] if open_to_lists else ""
        self.place_text = version.facts.get("where", "")[:200] if open_to_lists else ""

    def title_words(self) -> str:
        """What lists and notices call it: its class, and whom it is about where that may stand in a list."""
        with law_language():
            about = self.subject_name or (self.item and self.item.title) or self.provider.short_name
            return f"{self.content.title}：{about}"[:120]

    def deliver(self, chosen) -> None:
        """To the chosen organs, and to the subscribers where no right holder has consented to certain readers only."""
        found = {organ.pk for organ in chosen}
        if self.secrecy == Secrecy.NONE:
            found |= subscribers(self)
        self.recipients, self.shared_at = sorted(found - {self.provider_id}), self.act.moment
        self.await_signatures(self.to_sign_for)
        if self.content.mailed:
            self.act.book.stop(REPORT)
        self.settle()

    def await_signatures(self, wanted: bool) -> None:
        self.awaited = list(self.recipients) if wanted else []

    def report_again(self) -> None:
        """The platform was told what is no longer so: the correction is due to it as well. What has not been reported
        yet goes out as it now stands, by the limit that runs."""
        if self.content.reported and self.reported_at is not None:
            self.reported_at, self.reported_by, self.receipt_number = None, None, ""
            self.act.book.start(REPORT.since("corrected_at"))

    def settle(self) -> None:
        """Shared, signed for where that is wanted, and reported where that is due: nothing is left to do."""
        out = self.shared_at is not None
        self.act.closes = out and not self.awaited and not self.report_open

    # —— what conditions ask ——

    @property
    def content(self) -> Content:
        return BY_KEY[self.content_class]

    @property
    def to_report(self) -> bool:
        return self.content.reported or self.content.mailed

    @property
    def report_open(self) -> bool:
        return self.content.reported and self.reported_at is None

    @property
    def reportable(self) -> bool:
        """To report it is to provide it to others: not before its right holder has agreed (NW-4.26)."""
        return self.report_open and (not self.needs_consent or self.opinion == Opinion.AGREED)

    @property
    def erased(self) -> bool:
        """Whether it was found to touch a state secret: nothing of it is left (`erasing`)."""
        return self.secret == ERASED

    @property
    def needs_consent(self) -> bool:
        return self.secret != Secret.NONE

    @property
    def reply_over(self) -> bool:
        """Whether the day by which the right holder was to answer is past."""
        today = (self.moment or now()).astimezone(CST).date()
        return self.reply_by is not None and self.reply_by < today

    @property
    def to_sign_for(self) -> bool:
        return self.content.acknowledged or self.copy_notice

    def limit_facts(self) -> dict[str, str]:
        correction = "no" if self.corrected_at is None else "yes"
        return super().limit_facts() | {"kind": self.content_class, "correction": correction}

    # —— who reads what ——

    @cached_property
    def version_now(self) -> Version:
        return self.versions.latest("number")

    def provides(self, user: User) -> bool:
        return any(post.organ_id == self.provider_id for post in posts_of(user))

    def watched_by(self, user: User) -> bool:
        return any(watches(post, self.county_id) for post in posts_of(user))

    def receives(self, user: User) -> bool:
        return self.stage in OUT and any(post.organ_id in self.recipients for post in posts_of(user))

    def may_read(self, user: User) -> bool:
        """The content: the provider, the county's supervisors, and the readers while it is shared. Who only guides the
        item knows of the record and reads nothing."""
        return not self.erased and (self.provides(user) or self.watched_by(user) or self.receives(user))

    def may_open(self, user: User) -> bool:
        """Its papers and materials: as the content; but of a restricted one they tell what is read through the log
        alone, and stay with the provider and the supervisors."""
        open_to_readers = self.secrecy == Secrecy.NONE and self.receives(user)
        return not self.erased and (self.provides(user) or self.watched_by(user) or open_to_readers)

    @classmethod
    def mail_words(cls, notice) -> str:
        """An act outside the platform's catalogue is pushed by mail with all its elements (NW-4.24)."""
        record = cls.objects.get(pk=notice.matter_id)
        pushed = record.content.mailed and record.stage in OUT and notice.entry.step in ("share", "correct")
        return "\n".join(named(*fact) for fact in record.version_now.words(record.content_class)) if pushed else ""

    def sections_for(self, user: User) -> list[dict]:
        return sections_of(self, user)
