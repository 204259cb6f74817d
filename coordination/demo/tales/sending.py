"""A referral on its way to the receiver."""

from coordination.demo.tales.roads import Beats, approved, found, handed_over, later, pursued, sent
from coordination.demo.verbs import Tale

POLICE = "《中华人民共和国治安管理处罚法》：公安机关负责本行政区域内的治安管理工作，赌博行为由公安机关查处。"


def drafted(t: Tale) -> Beats:
    yield from found(t, t.day(0, "15:10"))
    yield t.day(1, "09:15")
    t.draft()


def awaiting_approval(t: Tale, day: int = 1) -> Beats:
    yield from found(t, t.day(0, "15:10"))
    yield t.day(day, "09:15")
    t.draft()
    yield t.day(day, "10:20")
    t.submit()


def sent_back_by_the_approver(t: Tale) -> Beats:
    """Not yet good enough; bettered, and submitted again."""
    yield from awaiting_approval(t, 1)
    yield t.day(1, "11:00")
    t.return_draft("基本违法事实没有写明发现时间和当事人态度，请补充。")
    yield t.day(1, "14:40")
    t.revise(basic_facts=t.referral.basic_facts + "当事人在场并承认上述事实，对现场检查记录签字确认。")


def approved_by_the_hour(t: Tale, hours: float) -> Beats:
    """Urgent: found `hours` before the present, approved, not yet sent."""
    yield from found(t, t.ago(hours=hours))
    yield from approved(t, t.ago(hours=hours - 3))


def awaiting_by_the_hour(t: Tale, hours: float) -> Beats:
    """Urgent: found `hours` before the present, with the approver."""
    yield from found(t, t.ago(hours=hours))
    yield t.ago(hours=hours - 3)
    t.draft()
    yield t.ago(hours=hours - 4)
    t.submit()


def found_by_the_hour(t: Tale, hours: float) -> Beats:
    """Urgent: found `hours` before the present, nothing drafted."""
    yield from found(t, t.ago(hours=hours))


def withdrawn(t: Tale) -> Beats:
    """Withdrawn before service: the duty to send was never met, its clock was never new."""
    yield from found(t, t.day(0, "09:30"))
    yield from approved(t, t.day(0, "14:00"))
    yield t.day(1, "10:10")
    t.withdraw("当事人主体有误，核实营业执照后重新移送。")


def served(t: Tale) -> Beats:
    yield from found(t, t.day(0, "09:20"))
    yield from sent(t, t.day(0, "14:20"))


def signed_for(t: Tale) -> Beats:
    yield from served(t)
    yield later(t.day(0, "14:20"), 150)
    t.sign_for()


def sheet_confirmed(t: Tale) -> Beats:
    """The sender's two officers have confirmed and sealed; the receiver has yet to check."""
    yield from signed_for(t)
    yield t.day(1, "09:40")
    t.confirm_sent()


def left_at_the_office(t: Tale) -> Beats:
    """Nobody signs: left with a witness; silence is not consent, the answer is overdue."""
    yield from served(t)
    yield t.day(2, "10:30")
    t.serve_otherwise()


def consulted_then_sent(t: Tale) -> Beats:
    """From before the devolution: the township is consulted first (案件移送制度 四（十）)."""
    yield from found(t, t.day(0, "09:00"))
    yield t.day(1, "15:00")
    people = f"{t.officer(t.finder).name}、{t.officer(t.other).name}"
    words = "双方到现场核对，同意自划转之日起的违法行为由乡镇处理。"
    facts = {"at": t.minute(), "participants": people, "words": words}
    t.do(t.case, "consult_legacy", t.officer(t.finder), **facts)
    yield from sent(t, t.day(2, "09:10"))


def part_of_a_case(t: Tale) -> Beats:
    """A part goes to the competent organ; the rest stays, and the case goes on."""
    yield from found(t, t.day(0, "09:10"))
    yield from sent(t, t.day(1, "09:00"), scope="part")
    yield from handed_over(t, t.day(2, "09:30"))
    yield t.day(3, "10:00")
    t.verify("其余线索由本单位继续核实。")


def off_the_platform(t: Tale) -> Beats:
    """To an organ that is not on the platform: every step of its own is recorded by the sender, with a scan."""
    yield from found(t, t.day(0, "08:50"))
    yield from sent(t, t.day(0, "14:00"), jurisdiction_basis=POLICE)
    yield t.day(1, "10:00")
    t.recorded("sign_for", "送达回证", signer=t.cast.one(t.receiver, "liaison").name)
    yield t.day(1, "10:30")
    t.confirm_sent()
    yield t.day(1, "15:20")
    t.recorded_take_over()
    yield t.day(4, "09:40")
    t.recorded("file_case", "立案告知书", words="已按治安案件立案调查。")
    yield t.day(14, "11:00")
    t.recorded("return_result", "处理结果通报", result="已对参与人员作出治安管理处罚。")
    yield t.day(15, "09:30")
    t.conclude()


def sent_late(t: Tale) -> Beats:
    """Sent two working days late: reminders, the overdue notice and the report are all in the record."""
    yield from found(t, t.day(0, "09:40"))
    yield from sent(t, t.day(5, "09:00"))
    yield from handed_over(t, t.day(6, "09:30"))
    yield t.day(8, "10:00")
    t.file()
    yield from pursued(t, 8, "close")
    yield t.day(22, "10:10")
    t.return_result()
    yield t.day(24, "09:20")
    t.conclude()
