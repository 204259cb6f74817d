"""更正文书: a head of the organ that issued a document puts words of it right, in a new one that names it.

It is no step: the matter stays as it is, and a page that was open before is not called stale (ADR 19). It is an entry
in the journal with what was changed and why, and a notice to the other organs, who have the old document in hand.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.documents import Changes, IssuedDocument, Occasion, issue_correction, preview_correction
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.notices import Level, Notice, deliver
from coordination.kernel.now import now
from coordination.kernel.organs import Actor, Role, User, posts_of
from coordination.kernel.queue import enqueue
from coordination.kernel.unsaid import refuse_secrets
from coordination.kernel.words import Refusal, law_language, listed

#: Who signs papers for an organ (党政机关公文处理工作条例: a document is examined and signed by a head).
SIGNERS = (Role.APPROVER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_HEAD)
CORRECT = "correct_document"


def signing_for(user: User) -> set[int]:
    """The organs for which `user` signs today."""
    return {post.organ_id for post in posts_of(user) if post.role in SIGNERS}


def may_correct(document: IssuedDocument, user: User) -> bool:
    """Whether `user` signs for the organ that issued the document, and it is the one in force."""
    return document.organ_id in signing_for(user) and not document.corrections.exists()


@transaction.atomic
def correct(document: IssuedDocument, changes: Changes, reason: str, user: User) -> IssuedDocument:
    """The new document. Raises Refusal; then nothing has changed, and no number is taken."""
    matter, moment = Matter.locked(document.matter_id), now()
    actor = signer(document, user, moment)
    later = document.corrections.order_by("-pk").first()
    if later:
        raise Refusal(_("本文书已由%(later)s替代，请更正后一份。") % {"later": later}, code="stage")
    changes = _told(changes, reason)
    refuse_secrets(matter, user, {"reason": reason, "reads_1": [new for _was, new in changes]})
    occasion = _occasion(document, matter, actor, moment)
    entry = _record(matter, document, changes, reason, actor, moment)
    new = issue_correction(document, changes, occasion, entry)
    _tell(matter, new, entry)
    return new


def preview(document: IssuedDocument, changes: Changes, user: User) -> bytes:
    """The PDF that `correct()` would issue, as a draft."""
    matter, moment = document.matter.as_child(), now()
    actor = signer(document, user, moment)
    return preview_correction(document, _told(changes, "-"), _occasion(document, matter, actor, moment))


def _occasion(document: IssuedDocument, matter: Matter, actor: Actor, moment: datetime) -> Occasion:
    return Occasion(matter, document.organ, actor, {}, moment, keys=(document.key,))


def signer(document: IssuedDocument, user: User, moment: datetime) -> Actor:
    """`user` in the post in which he signs for the organ that issued the document; Refusal for anybody else."""
    posts = (post for post in posts_of(user, moment.date()) if post.role in SIGNERS)
    post = next((post for post in posts if post.organ_id == document.organ_id), None)
    if post is None:
        words = _("文书由发文机关的%(roles)s更正，请联系%(organ)s。")
        roles = listed(str(role.label) for role in SIGNERS)
        raise Refusal(words % {"roles": roles, "organ": document.organ}, code="permission")
    return Actor(user, post)


def _told(changes: Changes, reason: str) -> Changes:
    told = [(was, reads) for was, reads in changes if was.strip() and was.strip() != reads.strip()]
    if not told:
        raise Refusal(_("请填写文书中有误的文字和更正后的文字。"), field="was_1", code="missing")
    if not reason.strip():
        raise Refusal(_("请填写更正的理由。"), field="reason", code="missing")
    return told


@law_language()
def _record(matter: Matter, document: IssuedDocument, changes: Changes, reason: str, actor: Actor, moment: datetime):
    facts = [[_("更正的文书"), str(document)], [_("更正的理由"), reason]]
    facts += [[_("更正内容"), f"{was} → {reads}"] for was, reads in changes]
    words = {"label": _("更正文书"), "who": actor.label, "organ": str(actor.organ), "facts": facts, "clocks": []}
    stage = {"before": matter.stage, "after": matter.stage}
    return journal.append(matter, step=CORRECT, **stage, actor=actor, moment=moment, words=words)


@law_language()
def _tell(matter: Matter, new: IssuedDocument, entry: journal.Entry) -> None:
    """The officers of the other organs that take part: the document that they hold is void."""
    others = Participation.objects.filter(matter=matter.pk).exclude(organ=new.organ_id)
    told = set(others.values_list("organ", flat=True)) - {matter.hidden_organ_id}
    title = _("%(organ)s更正文书：%(new)s替代%(old)s") % {"organ": new.organ, "new": new, "old": new.corrects.number}
    about = {"entry": entry, "matter_id": matter.pk, "role": Role.OFFICER, "level": Level.INFO}
    Notice.objects.bulk_create(
        Notice(**about, organ_id=organ, title=title[:160], created_at=entry.at) for organ in sorted(told)
    )
    enqueue(deliver)
