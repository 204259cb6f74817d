"""What nobody may write down about a matter: whoever keeps a secret has each word compared here before it is kept.

Asked by the doorway for the facts of every step, by materials for their titles and names, by corrections for new words.
"""

from collections.abc import Callable, Iterator

_KEEPERS: list[Callable] = []


def keeps_secret(function: Callable) -> Callable:
    """Register `function(matter, user, said)`, which raises a Refusal; `said` are the words by the field they are in.

    Whoever could learn the secret by a refusal must not be refused.
    """
    _KEEPERS.append(function)
    return function


def refuse_secrets(matter, user, facts: dict) -> None:
    """Raises the Refusal of a keeper whose secret stands among `facts`."""
    said = {name: "\n".join(_words(value)) for name, value in facts.items()}
    for keeper in _KEEPERS:
        keeper(matter, user, {name: words for name, words in said.items() if words})


def _words(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _words(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)
