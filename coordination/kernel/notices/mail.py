"""What a mail says: which duty, by when, what to do next, and the link. Nothing of the case and nobody's name.

A mail leaves the platform: the title of a matter may name a person, so only words of the county's own rules and of
the flow go out with it. It is written in the language in which its reader reads the screens; what a county words in
its own way, and the names of organs, stay as written.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import child_model
from coordination.kernel.notices.channels import Message
from coordination.kernel.notices.rows import Delivery, Level, Notice
from coordination.kernel.now import CST
from coordination.kernel.retold import label_words, step_words

LOUDNESS = tuple(Level.values)


def letter(delivery: Delivery) -> Message:
    """The message of one delivery, in its reader's language, whoever's request or worker sends it."""
    with translation.override(delivery.user.language):
        words = _words(delivery.notice)
        subject = _("【%(level)s】%(what)s（%(number)s）") % words
        return _message(delivery, subject, render_to_string("notices/mail.txt", words))


def digest(together: list[Delivery]) -> Message:
    """One message of all that a person is told between two digests, the loudest first, each with its next step."""
    with translation.override(together[0].user.language):
        loudest = sorted(together, key=lambda one: (-LOUDNESS.index(one.notice.level), one.pk))
        lines = [_words(one.notice) for one in loudest]
        subject = _("【汇总】%(count)s 条消息") % {"count": len(lines)}
        return _message(together[0], subject, render_to_string("notices/digest.txt", {"lines": lines}))


def _message(delivery: Delivery, subject: str, text: str) -> Message:
    return Message(delivery.pk, delivery.address, " ".join(subject.split()), text)


def _words(notice: Notice) -> dict:
    return {
        "level": notice.get_level_display(),
        "organ": notice.organ.short_name,
        "number": notice.matter.number,
        "what": _what(notice),
        "duties": _duties(notice),
        "more": child_model(notice.matter.kind).mail_words(notice),
        "link": f"{settings.PUBLIC_URL}/m/{notice.matter.number}/",
    }


def _what(notice: Notice) -> str:
    """The step or the limit that the notice is about, by its declared name."""
    words = notice.entry.words
    limits = [change["title"] for change in words.get("clocks", ()) if notice.entry.step.startswith("rung.")]
    if limits:
        return label_words(limits[0])
    return step_words(notice.entry) if words.get("label") else notice.get_level_display()


def _duties(notice: Notice) -> list[str]:
    """What is to be done next: the organ's own open duties on the matter; for one that only watches, whom to urge."""
    open_ = Clock.objects.filter(matter_id=notice.matter_id, state__in=OPEN).select_related("organ").order_by("due_at")
    clocks = list(open_)
    own = [clock for clock in clocks if clock.organ_id == notice.organ_id]
    if own or notice.level == Level.INFO:
        return [_("办理“%(duty)s”%(until)s") % _duty(clock) for clock in own]
    return [_("督促%(organ)s办理“%(duty)s”%(until)s") % _duty(clock) for clock in clocks]


def _duty(clock: Clock) -> dict[str, str]:
    return {"organ": clock.organ.short_name, "duty": label_words(clock.title), "until": _until(clock)}


def _until(clock: Clock) -> str:
    if clock.due_at is None:
        return ""
    return _("，期限至 %(end)s") % {"end": _end(clock.due_at.astimezone(CST))}


def _end(due: datetime) -> str:
    """An exclusive end as people say it: midnight is the 24:00 of the day before."""
    if due.time() == time(0):
        return f"{due - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{due:%Y-%m-%d %H:%M}"
