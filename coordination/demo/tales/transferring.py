"""Suspected crimes on their way to the police (国务院令第310号), in every stage; nothing of it is negotiated."""

from coordination.demo.tales.roads import Beats, pursued
from coordination.demo.verbs import Tale


def filed(t: Tale) -> Beats:
    """The finder holds the item, has filed the case and gone to see."""
    yield t.day(0, "09:10")
    t.register()
    yield t.day(0, "09:40")
    t.look_around()
    yield t.day(0, "10:30")
    t.verify()
    yield t.day(0, "16:00")
    t.file_own()


def suspected(t: Tale) -> Beats:
    """On day 1 a crime is suspected: a special group verifies."""
    yield from filed(t)
    yield t.day(1, "09:30")
    t.form_group()


def reported(t: Tale, proposal: str = "transfer") -> Beats:
    """On day 2 the principal head has the report."""
    yield from suspected(t)
    yield t.day(2, "10:20")
    t.report_crime(proposal)


def approved_by_the_hour(t: Tale, hours: float) -> Beats:
    """Approved `hours` before the present, to be with the police within 24."""
    yield from reported(t)
    yield t.ago(hours=hours)
    t.agree()


def sent(t: Tale) -> Beats:
    """Approved and sent on day 3."""
    yield from reported(t)
    yield t.day(3, "09:20")
    t.agree()
    yield t.day(3, "11:00")
    t.send_to_police()


def sent_by_the_hour(t: Tale, hours: float) -> Beats:
    yield from approved_by_the_hour(t, hours + 2)
    yield t.ago(hours=hours)
    t.send_to_police()


def received(t: Tale) -> Beats:
    """Sent on day 3, and signed for the same day: the three days of the police run."""
    yield from sent(t)
    yield t.day(3, "15:30")
    t.sign_receipt()


def not_theirs_by_the_hour(t: Tale, hours: float) -> Beats:
    """Signed for, but another's: to be passed on within 24 hours of the acceptance."""
    yield from sent_by_the_hour(t, hours + 3)
    yield t.ago(hours=hours + 2)
    t.sign_receipt()
    yield t.ago(hours=hours)
    t.find_not_theirs()


def passed_on(t: Tale) -> Beats:
    """The competent police have yet to sign."""
    yield from received(t)
    yield t.day(3, "17:20")
    t.find_not_theirs()
    yield t.day(4, "10:10")
    t.pass_to_others()


def filed_by_police(t: Tale) -> Beats:
    """Filed on day 4: property and material are to be handed over in three days."""
    yield from received(t)
    yield t.day(4, "16:30")
    t.file_with_police()


def not_filed(t: Tale) -> Beats:
    """Not filed: three days to ask for reconsideration."""
    yield from received(t)
    yield t.day(4, "15:00")
    t.decline_with_police()


def reconsidering(t: Tale) -> Beats:
    yield from not_filed(t)
    yield t.day(5, "10:40")
    t.ask_reconsideration()


def upheld(t: Tale) -> Beats:
    """Not filed after all: the procuratorate is the way that remains."""
    yield from reconsidering(t)
    yield t.day(6, "15:20")
    t.uphold()


def supervised(t: Tale) -> Beats:
    yield from upheld(t)
    yield t.day(7, "09:50")
    t.ask_supervision()


def ordered(t: Tale) -> Beats:
    """The procuratorate finds that there were no grounds not to file."""
    yield from supervised(t)
    yield t.day(12, "11:10")
    t.order_filing()


def handed_over(t: Tale) -> Beats:
    yield from filed_by_police(t)
    yield t.day(5, "14:30")
    t.hand_over()


def refused(t: Tale) -> Beats:
    """The group itself proposes to keep it; the head's reasons are on record, the case goes on administratively."""
    yield from reported(t, "keep")
    yield t.day(3, "10:00")
    t.refuse_transfer()


def returned(t: Tale) -> Beats:
    """No criminal liability, but perhaps a penalty: the case revives (行政处罚法 art. 27)."""
    yield from handed_over(t)
    yield t.day(14, "10:30")
    t.return_case()


def concluded(t: Tale, fine: int, criminal_fine: int) -> Beats:
    """A fine was decided and paid before the crime showed; it is set off against the criminal one (第十一条)."""
    yield from filed(t)
    yield from pursued(t, 0, "execute")
    yield t.day(12, "10:00")
    t.form_group(earlier_fine=fine)
    yield t.day(13, "10:20")
    t.report_crime()
    yield t.day(14, "09:20")
    t.agree()
    yield t.day(14, "11:00")
    t.send_to_police()
    yield t.day(14, "15:30")
    t.sign_receipt()
    yield t.day(16, "16:30")
    t.file_with_police()
    yield t.day(17, "14:30")
    t.hand_over()
    yield t.day(42, "15:10")
    t.conclude_transfer(criminal_fine, fine)
    yield t.day(43, "09:30")
    t.close()
