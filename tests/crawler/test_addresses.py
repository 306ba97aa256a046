"""No address inside may pass, in any disguise."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import is_public

INSIDE = [
    "127.0.0.1", "127.255.255.255", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd00:ec2::254", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001::1", "fec0::1",
    "2001:db8::1", "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("ip", INSIDE)
def test_inside_addresses_are_refused(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "145.58.28.1", "2a00:1450:400e::1", "::ffff:8.8.8.8"])
def test_public_addresses_pass(ip: str) -> None:
    assert is_public(ip)


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_what_it_maps(ip: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{ip}") == is_public(str(ip))
