"""What may be fetched: addresses and hosts, robots.txt, and the names that are answered from loopback.

Every connection goes through the resolver, so a redirect or an odd literal cannot reach a private address.
"""

import ipaddress
import socket
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from twisted.internet import defer
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

AGENT = "Maalspor/0.1 (+https://maalspor.example/about; robot@maalspor.example)"
ROBOT = "Maalspor"
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Source: RFC 6052: the last 32 bits are an IPv4 address."""


def is_public(address: str) -> bool:
    """Whether a literal address is one of the public internet; anything odd is not."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        # An IPv4 address may hide in an IPv6 one: mapped, 6to4, Teredo, or behind a translator.
        if found.sixtofour or found.teredo or found in TRANSLATED:
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast


def may_ask(url: str, hosts: Sequence[str]) -> bool:
    """Whether an address has a scheme and host that its source may ask."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and (parts.hostname or "") in {
        host.split(":")[0] for host in hosts
    }


class Robots:
    """One host's robots.txt. Source: RFC 9309: 4xx allows all, no answer or 5xx allows nothing."""

    def __init__(self, status: int | None, text: str) -> None:
        self._rules = Protego.parse(text) if status is not None and 200 <= status < 300 else None
        self._open = status is not None and 400 <= status < 500

    def allows(self, url: str) -> bool:
        """Whether this address may be asked for."""
        return bool(self._rules.can_fetch(url, ROBOT)) if self._rules is not None else self._open

    @property
    def delay_seconds(self) -> float:
        """The Crawl-delay for us; 0 where none is asked."""
        delay = self._rules.crawl_delay(ROBOT) if self._rules is not None else None
        return float(delay or 0)


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: answers come at once."""
        raise NotImplementedError


@implementer(IHostnameResolver)
class GuardedResolver:
    """Answers names of `RESOLVE` with their loopback address and port; refuses every other that is not public."""

    def __init__(self, reactor: Any, resolve: Mapping[str, str]) -> None:
        self._reactor = reactor
        self._resolve = resolve

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Scrapy's way of making one."""
        return cls(reactor, crawler.settings.getdict("MAALSPOR_RESOLVE"))

    def install_on_reactor(self) -> None:
        """Scrapy's way of putting it to work."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's names
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Hand addresses to the receiver; none where the name is refused."""
        del addressTypes, transportSemantics
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        known = self._resolve.get(hostName)
        if known is not None:
            host, _, port = known.rpartition(":")
            resolutionReceiver.addressResolved(IPv4Address("TCP", host, int(port)))
            resolutionReceiver.resolutionComplete()
            return resolution

        def answer(found: list[str]) -> None:
            for address in found:
                if is_public(address):
                    kind = IPv6Address if ":" in address else IPv4Address
                    resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
            resolutionReceiver.resolutionComplete()

        waiting: defer.Deferred[list[str]] = self._look_up(hostName)
        waiting.addCallbacks(answer, lambda _: answer([]))
        return resolution

    def _look_up(self, name: str) -> Any:
        from twisted.internet.threads import deferToThreadPool  # noqa: PLC0415 - needs the reactor

        def ask() -> list[str]:
            found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
            return list(dict.fromkeys(str(item[4][0]) for item in found))

        return deferToThreadPool(self._reactor, self._reactor.getThreadPool(), ask)
