"""How documents write dates, names and quotations. Chinese in every language of the screens."""

from datetime import date, datetime, time, timedelta

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from coordination.kernel.documents.titles import lines_of
from coordination.kernel.now import CST

register = template.Library()


@register.filter
def cn_date(moment: date | datetime | None) -> str:
    """2026年10月9日: Arabic numerals, no leading zeros (GB/T 9704-2012, 7.3.5); nothing for nothing."""
    if not moment:
        return ""
    day = moment.astimezone(CST) if isinstance(moment, datetime) else moment
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def cn_moment(moment: datetime | None) -> str:
    """2026年10月9日17时05分."""
    if not isinstance(moment, datetime):
        return cn_date(moment)
    return f"{cn_date(moment)}{moment.astimezone(CST):%-H时%M分}"


@register.filter
def cn_end(end: datetime | None) -> str:
    """The exclusive end of a limit as law says it: 2026年10月9日24时."""
    local = end.astimezone(CST) if end else None
    if local is None or local.time() != time(0):
        return cn_moment(local)
    return f"{cn_date(local - timedelta(days=1))}24时"


@register.filter
def as_case(title: str) -> str:
    """The name of a case inside a sentence: it ends in 案."""
    return title if str(title).endswith(("案", "案件", "线索")) else f"{title}一案"


@register.simple_tag
def heading(*parts: str) -> SafeString:
    """A title on several lines of like length, broken between words (`documents.titles`)."""
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines_of(*map(str, parts))))


@register.filter
def book(law: str) -> str:
    """A law's name in its quotation marks, once."""
    return law if not law or str(law).startswith("《") else f"《{law}》"


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Typed text as paragraphs, one a line; empty lines vanish."""
    return format_html_join("", "<p>{}</p>", ((line.strip(),) for line in str(text or "").splitlines() if line.strip()))


@register.filter
def total(rows: list, attribute: str) -> int:
    """The sum of an attribute over rows; what is not known counts nothing."""
    return sum(getattr(row, attribute) or 0 for row in rows)


@register.filter
def sentence(text: str | None) -> str:
    """Text that ends in a full stop, once."""
    text = str(text or "").strip()
    return text if not text or text.endswith(("。", "！", "？")) else f"{text.rstrip('；;，,.')}。"


@register.filter
def person(user) -> str:
    """张明（执法证号14092500012，电话0350-4720000）: what is known of an officer."""
    known = [
        f"{label}{value}" for label, value in (("执法证号", user.certificate_number), ("联系电话", user.phone)) if value
    ]
    return f"{user.name}（{'，'.join(known)}）" if known else user.name


@register.filter
def certified(user) -> str:
    """张明（执法证号14092500012）: a name beside a signature."""
    return f"{user.name}（执法证号{user.certificate_number}）" if user.certificate_number else user.name


@register.filter
def fits(name: str, largest: int) -> float:
    """The size in points, `largest` at most, at which a mark is not wider than the text area (442 pt)."""
    return min(largest, round(442 / (len(name) * 1.06), 1))
