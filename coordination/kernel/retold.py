"""What is stored in the language of the law, told to a reader of another language.

Labels of steps and facts and the usual names of time limits are words of the product and are translated; names of
people, what they have typed, quotes, and whatever a county words in its own way, stay as written.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy, pgettext

from coordination.kernel.journal import Entry

if TYPE_CHECKING:
    from coordination.kernel.notices import Notice

#: What a notice begins with where neither a rung nor an organ's step brings it.
HEADS = (gettext_lazy("催办"), gettext_lazy("时限重新计算"))


def label_words(label: str) -> str:
    """A stored label or the title of a limit."""
    return gettext(label) if label else ""


def step_words(entry: Entry) -> str:
    """What was done: the stored label of a step, or how loud a rung was that fired; of erased words, that they are."""
    if entry.erased:
        return gettext("可读内容已清除")
    return _known(entry.words.get("label", "")) or entry.step


def notice_words(notice: "Notice") -> str:
    """`head：duty or step——title of the matter`; whose the matter is and what it is called stay as written."""
    head, colon, told = notice.title.partition("：")
    duty, dash, title = told.partition("——")
    if not (colon and dash):
        return notice.title
    return gettext("%(organ)s：%(step)s——%(title)s") % {"organ": _known(head), "step": _known(duty), "title": title}


def _known(label: str) -> str:
    told = (pgettext(context, label) for context in ("step", "notice"))
    return next((words for words in told if words != label), label_words(label))


def signer_words(entry: Entry) -> str:
    """Who did it; the system has a name in each language, people have their own."""
    who = entry.words.get("who", "")
    return who if entry.actor_id else label_words(who)
