"""What a dispute tells beyond its steps: who has recorded the decision of an organ that did not sign it here."""

from django.utils.translation import gettext as _

from coordination.kernel.notices import Level, Notice, deliver
from coordination.kernel.queue import enqueue
from coordination.kernel.steps import after
from coordination.kernel.words import law_language


@after("disputes.draft_decision")
@after("disputes.decide")
@law_language()
def tell_who_recorded_it(entry, dispute) -> None:
    """The other side, and the body where it is on the platform: the record is not the body's own signature."""
    if entry.on_behalf_of_id is None:
        return
    body = [] if dispute.body.off_platform else [dispute.body_id]
    told = {*dispute.parties, *body} - {dispute.recorded_by_id, dispute.hidden_organ_id}
    title = _("%(organ)s：%(step)s——%(title)s") % {
        "organ": dispute.recorded_by,
        "step": _("代为记录争议处理决定"),
        "title": dispute.title,
    }
    about = {"entry": entry, "matter": dispute, "level": Level.INFO, "title": title[:160], "created_at": entry.at}
    Notice.objects.bulk_create(Notice(organ_id=organ, **about) for organ in sorted(told))
    enqueue(deliver)
