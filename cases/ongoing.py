"""The notice of an ongoing violation: what has come of it, and what is open (县乡执法协助工作机制 三（四）)."""

from django.utils.translation import gettext as _


class Ongoing:
    """Told, dispatched, arrived, stopped; or refused, and reported to the county's government."""

    reported_to: tuple[int, ...] = ()  # the government that the report being made reaches (cases.flow.GOVERNMENT)

    @property
    def answer_open(self) -> bool:
        """A notice of an ongoing violation stands and the violation has not stopped."""
        return self.told_at is not None and self.notice_ended_at is None

    @property
    def dispatch_open(self) -> bool:
        return self.answer_open and self.dispatched_at is None

    @property
    def refusal_open(self) -> bool:
        return self.dispatch_open and self.refused_at is None

    @property
    def arrival_open(self) -> bool:
        return self.answer_open and self.dispatched_at is not None and self.arrived_at is None

    @property
    def report_open(self) -> bool:
        """One report for a notice; a refusal that follows it is worth another."""
        return self.answer_open and (self.reported_at is None or self.report_due)

    @property
    def report_due(self) -> bool:
        """Refused, nobody sent, and the government does not know of it."""
        known = self.reported_at and self.refused_at and self.refused_at <= self.reported_at
        return self.dispatch_open and self.refused_at is not None and not known

    def forget_the_last_answer(self) -> None:
        """A new notice is answered anew."""
        self.dispatched_at = self.arrived_at = self.notice_ended_at = None
        self.refused_at, self.refusal_reason, self.reported_at = None, "", None

    def report_words(self) -> str:
        """What the refusal obliges to, and whose it is."""
        if not self.report_due:
            return ""
        if self.refusal_reason:
            return _(
                "被告知单位说明理由后拒绝派员。仍未处理的，由审批人、分管领导或者主要负责人签发，向县人民政府报告。"
            )
        return _("被告知单位不说明理由，拒绝派员，应当由审批人、分管领导或者主要负责人签发，向县人民政府报告。")
