"""Where the ledgers of information sharing stand."""

from django.utils.translation import pgettext_lazy

#: URL name and word of each page beside the board.
LEDGERS = (
    ("subscriptions", pgettext_lazy("ledger", "我的订阅")),
    ("platform", pgettext_lazy("ledger", "平台上报")),
    ("off_catalogue", pgettext_lazy("ledger", "目录外监管台账")),
    ("publicity", pgettext_lazy("ledger", "处罚决定公示")),
    ("filings", pgettext_lazy("ledger", "联络员备案")),
    ("claims:list", pgettext_lazy("ledger", "事项认领")),
    ("accounts_chain", pgettext_lazy("ledger", "账号链条")),
    ("breaches:list", pgettext_lazy("ledger", "违规登记")),
)
