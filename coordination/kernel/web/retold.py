"""What the journal stores in the language of the law, told to a reader of another language.

Labels of steps and of facts are words of the product and are translated; names, texts and quotes stay as written.
"""

from django.utils.translation import gettext, pgettext


def step_words(label: str) -> str:
    """The stored label of a step."""
    told = pgettext("step", label)
    return told if told != label else label_words(label)


def label_words(label: str) -> str:
    """The stored label of a fact."""
    return gettext(label) if label else ""
