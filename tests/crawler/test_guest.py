"""Manners: turns, pauses, and rules on every hop."""

import threading

import pytest

from crawler.guest import Guest, Queues, Turn
from crawler.http import Fetcher
from models.errors import Forbidden
from tests.crawler.site import ROOT, Site


def test_a_domain_serves_one_at_a_time() -> None:
    queues, inside, most, done = Queues(), [0], [0], [0]

    def go(name: str) -> None:
        for _ in range(50):
            turn = Turn(queues)
            turn.take(name, 0)
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            inside[0] -= 1
            done[0] += 1
            turn.leave()
            turn.leave()

    threads = [threading.Thread(target=go, args=("krant.example",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, done) == ([1], [200])


def test_two_that_move_to_each_others_domain_do_not_wait_for_ever() -> None:
    queues, together = Queues(), threading.Barrier(2, timeout=5)

    def go(first: str, second: str) -> None:
        turn = Turn(queues)
        turn.take(first, 0)
        together.wait()
        turn.leave()
        turn.take(second, 0)
        turn.leave()

    threads = [threading.Thread(target=go, args=names, daemon=True) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert not any(thread.is_alive() for thread in threads)


def test_a_redirect_into_a_forbidden_part_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /geheim")
    site.put("/a", "", 302, location="/geheim/b")
    site.put("/geheim/b", "nee")
    with pytest.raises(Forbidden, match=r"robots\.txt does not allow it"):
        Guest(fetcher, delay=0).fetch(f"{ROOT}/a", allow_private=True)
    assert site.paths() == ["/robots.txt", "/a"]


def test_robots_may_move_and_may_be_large(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "", 301, location="/regels.txt")
    site.put("/regels.txt", "User-agent: *\nDisallow: /geheim\n" + "# vulling\n" * 100_000)
    site.put("/a", "een")
    guest = Guest(fetcher, delay=0)
    assert guest.fetch(f"{ROOT}/a", allow_private=True).body == b"een"
    with pytest.raises(Forbidden):
        guest.fetch(f"{ROOT}/geheim", allow_private=True)


@pytest.mark.parametrize(("status", "may"), [(404, True), (403, True), (500, False), (429, False), (503, False)])
def test_robots_that_do_not_come(site: Site, fetcher: Fetcher, status: int, may: bool) -> None:
    site.put("/robots.txt", "", status)
    site.put("/a", "een")
    guest = Guest(fetcher, delay=0)
    if may:
        assert guest.fetch(f"{ROOT}/a", allow_private=True).body == b"een"
    else:
        with pytest.raises(Forbidden, match="could not be read"):
            guest.fetch(f"{ROOT}/a", allow_private=True)


def test_other_ports_and_hosts_have_their_own_rules(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nAllow: /")
    site.put("/a", "een")
    guest = Guest(fetcher, delay=0)
    for root in (ROOT, f"{ROOT}:8080", "http://www.krant.example"):
        guest.fetch(f"{root}/a", allow_private=True)
    assert site.paths().count("/robots.txt") == 3


def test_a_reservation_names_its_evidence(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nAllow: /\nLicense: /license.xml")
    site.put(
        "/license.xml", '<rsl><content url="/nieuws/*"><license><prohibits>all</prohibits></license></content></rsl>'
    )
    guest = Guest(fetcher, delay=0)
    assert "license.xml" in str(guest.reservation(f"{ROOT}/nieuws/a", allow_private=True))
    assert guest.reservation(f"{ROOT}/sport/a", allow_private=True) is None
