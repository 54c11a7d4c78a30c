"""Only public addresses and the source's own hosts are asked, as robots.txt allows."""

import pytest

from crawler.guard import Robots, is_public, may_ask


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1",
        "127.1",
        "0x7f000001",
    ],
)
def test_private_addresses_are_refused(address):
    """Loopback, private, multicast and odd addresses are refused, also inside an IPv6 one."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["193.3.141.1", "2a00:1450:400f:80d::200e", "::ffff:193.3.141.1"])
def test_public_addresses_are_allowed(address):
    """An address of the public internet may be asked."""
    assert is_public(address)


def test_only_the_sources_hosts_are_asked():
    """Other hosts and other schemes are never asked."""
    assert may_ask("https://fmn.dk/a.pdf", ["fmn.dk"])
    assert not may_ask("https://example.org/a.pdf", ["fmn.dk"])
    assert not may_ask("file:///etc/passwd", ["fmn.dk"])


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (None, False)]
)
def test_what_no_rules_mean(status, allowed):
    """A host without rules may be asked; one that fails to answer for them may not (RFC 9309)."""
    assert Robots(status, "").allows("https://fmn.dk/a") is allowed
