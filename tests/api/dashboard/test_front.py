from api.dashboard.front import options, short_name
from models.answers import FacetValue


def test_companies_are_called_as_news_calls_them() -> None:
    names = [
        "Amazon.com, Inc.",
        "Alphabet Inc.",
        "Meta Platforms, Inc.",
        "Microsoft Corporation",
        "Nebius Group N.V.",
        "Inc.",
    ]
    assert [short_name(name) for name in names] == ["Amazon", "Alphabet", "Meta", "Microsoft", "Nebius Group", "Inc."]


def test_a_chosen_value_stays_choosable_when_no_article_has_it() -> None:
    facet = [FacetValue(value="nl", articles=3)]
    assert options(facet, ("nl", "fr")) == [("nl", 3), ("fr", 0)]
