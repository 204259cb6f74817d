"""One signed POST to a host that the installation allows, and to no other: no redirect, no proxy, no second look-up.

The address is looked up once and the connection goes to what was found and examined, so a name that changes its mind
between the two leads nowhere. Loopback and link-local addresses are open only where the list names them as addresses.
"""

import hashlib
import hmac
import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from coordination.kernel.words import Refusal

#: Seconds for each wait on the other side.
TIMEOUT = 5.0
PORTS = {"https": 443, "http": 80}


class Unreachable(Exception):
    """The other side could not be told; the words are for the administrator and name no content."""


def refuse_address(url: str) -> SplitResult:
    """The parts of `url` if it may be called; Refusal if it is none, not over TLS, or its host is not on the list."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as fault:
        raise Refusal(_("请填写完整的网址，如 https://host/path。"), field="url") from fault
    if parts.scheme not in settings.WEBHOOK_SCHEMES or not parts.hostname or parts.username or not url.isascii():
        raise Refusal(_("请填写完整的网址，如 https://host/path。"), field="url")
    if parts.hostname not in settings.WEBHOOK_HOSTS and f"{parts.hostname}:{port}" not in settings.WEBHOOK_HOSTS:
        words = _("主机 %(host)s 不在允许范围内，请联系系统管理员加入 WEBHOOK_HOSTS。")
        raise Refusal(words % {"host": parts.hostname}, field="url")
    return parts


def post(url: str, secret: str, body: bytes, event: int, at: int) -> None:
    """Send `body`; any answer 2xx is receipt. Raises Unreachable otherwise. `at`: Unix time of this try."""
    try:
        parts = refuse_address(url)
    except Refusal as refusal:
        raise Unreachable(refusal.message) from refusal
    headers = {
        "Content-Type": "application/json",
        "X-Coordination-Event": str(event),
        "X-Coordination-Signature": f"t={at},v1={signature(secret, at, body)}",
    }
    try:
        status = _exchange(parts, body, headers)
    except (OSError, HTTPException) as fault:
        raise Unreachable(type(fault).__name__) from fault
    if not 200 <= status < 300:
        raise Unreachable(f"HTTP {status}")


def signature(secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA256 over `<at>.<body>` in hex: the time is signed too, so that an old call cannot be sent again."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def _exchange(parts: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    port = parts.port or PORTS[parts.scheme]
    connection = HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
    connection.sock = _connected(parts, port)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", path, body, headers | {"Host": parts.netloc})
        return connection.getresponse().status
    finally:
        connection.close()


def _connected(parts: SplitResult, port: int) -> socket.socket:
    plain = socket.create_connection((_address(parts.hostname, port), port), timeout=TIMEOUT)
    if parts.scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)


def _address(host: str, port: int) -> str:
    """The first address of `host` that may be called."""
    for *_family, (address, *_rest) in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if host == address or not _inward(address):
            return address
    raise Unreachable("the name leads to this machine or its own network segment")


def _inward(address: str) -> bool:
    """Whether an address leads to this machine or to what only machines on the same wire should reach."""
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_link_local or found.is_multicast or found.is_unspecified or found.is_reserved
