"""Which network addresses the crawler may connect to, and how a name is looked up."""

import ipaddress
import socket
from collections.abc import Callable
from typing import NamedTuple


class Address(NamedTuple):
    """Where to connect: an IP address as text and a port."""

    ip: str
    port: int


Resolver = Callable[[str, int], list[Address]]

# What `is_global` calls public, and yet leads inside: tunnels that carry another address, and a cloud's own helper.
INSIDE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10", "::/96", "192.88.99.0/24",
        "100.64.0.0/10", "168.63.129.16/32",
    )
)  # fmt: skip


def system_resolver(host: str, port: int) -> list[Address]:
    """Ask the operating system. Raises `OSError` when the name is not known."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(Address(str(address[0]), int(address[1])) for *_, address in found))


def is_public(ip: str) -> bool:
    """Whether an address is on the public internet: neither private, link-local, CGNAT nor a disguise of one."""
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address.version == network.version and address in network for network in INSIDE)
