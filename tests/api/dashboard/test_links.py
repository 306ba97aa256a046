import pytest

from api.dashboard.links import source_link


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("https://www.sec.gov/x", "https://www.sec.gov/x"),
        ("SEC companyfacts CIK0001018724", "CIK=0001018724"),
        ("javascript:alert(1)", None),
        ("press release", None),
        (None, None),
    ],
)
def test_only_what_can_be_looked_up_is_a_link(source: str | None, link: str | None) -> None:
    found = source_link(source)
    assert found is None if link is None else found is not None and found.startswith("https://") and link in found
