"""What the moments of a complaint follow upon."""

from django.utils.translation import gettext_lazy

from cases.timely import not_before

RECEIVED = gettext_lazy("收到投诉举报的时间")
after_receipt = not_before("received_at", RECEIVED)
found_after_receipt = not_before("received_at", RECEIVED, field="found_at")
after_transfer = not_before("transferred_at", gettext_lazy("移送的时间"))
after_filing_decision = not_before("filing_decided_at", gettext_lazy("作出是否立案决定的时间"))
after_result = not_before("resulted_at", gettext_lazy("该事项有处理结果的时间"), of="about")
after_conclusion = not_before("closed_at", gettext_lazy("办结的时间"))
