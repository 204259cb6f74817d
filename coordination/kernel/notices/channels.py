"""Ways out of the platform: e-mail, and a gateway for short messages or the government's chat.

A channel is a class with `key`, `address()` of a person and `send()`; an installation names those it uses in
NOTICE_CHANNELS. Sending raises one of FAULTS; the row waits and is tried again.
"""

import json
from dataclasses import asdict, dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from coordination.kernel.now import now
from coordination.kernel.organs import User
from coordination.kernel.posting import Unreachable, post

#: What sending can raise: the server is down or refuses (smtplib's errors are OSErrors), or an address is none.
FAULTS = (OSError, ValueError, Unreachable)


@dataclass(frozen=True)
class Message:
    """What one person is told: nothing of a case, nobody's name. `id` is the same at every try."""

    id: int
    address: str
    subject: str
    text: str


class Channel(Protocol):
    """One way out, kept open for a run."""

    key: str

    @staticmethod
    def address(user: User) -> str:
        """Where `user` is reached on this way; empty if nowhere."""

    def send(self, message: Message) -> None:
        """Hand `message` over; raises one of FAULTS if nobody has taken it."""

    def close(self) -> None:
        """Hang up; whoever went away need not be told goodbye."""


class Email:
    """The mail server of the settings; connected at the first message."""

    key = "email"

    def __init__(self) -> None:
        self.server = get_connection()

    @staticmethod
    def address(user: User) -> str:
        return user.email

    def send(self, message: Message) -> None:
        self.server.open()
        self.server.send_messages([EmailMessage(message.subject, message.text, to=[message.address])])

    def close(self) -> None:
        self.server.close()


class Gateway:
    """A signed POST to the installation's gateway for short messages or chat: {id, address, subject, text} as JSON."""

    key = "gateway"

    @staticmethod
    def address(user: User) -> str:
        return user.phone

    def send(self, message: Message) -> None:
        body = json.dumps(asdict(message), ensure_ascii=False).encode()
        post(settings.NOTICE_GATEWAY_URL, settings.NOTICE_GATEWAY_SECRET, body, message.id, int(now().timestamp()))

    def close(self) -> None:
        """Each call is a connection of its own."""


KNOWN: dict[str, type[Channel]] = {channel.key: channel for channel in (Email, Gateway)}


def channels() -> list[type[Channel]]:
    """The ways that this installation uses."""
    return [KNOWN[key] for key in settings.NOTICE_CHANNELS]
