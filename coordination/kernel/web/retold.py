"""What is stored in the language of the law, told to a reader of another language.

Labels of steps and facts and the usual names of time limits are words of the product and are translated; names of
people, what they have typed, quotes, and whatever a county words in its own way, stay as written.
"""

from django.utils.translation import gettext, pgettext

from coordination.kernel.journal import Entry


def label_words(label: str) -> str:
    """A stored label or the title of a limit."""
    return gettext(label) if label else ""


def step_words(entry: Entry) -> str:
    """What was done: the stored label of a step, or how loud a rung was that fired."""
    label = entry.words.get("label", "")
    told = (pgettext(context, label) for context in ("step", "notice"))
    return next((words for words in told if words != label), label_words(label)) or entry.step


def signer_words(entry: Entry) -> str:
    """Who did it; the system has a name in each language, people have their own."""
    who = entry.words.get("who", "")
    return who if entry.actor_id else label_words(who)
