"""Which figures are one claim, and what is kept of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from models.analyses import store
from models.claims import claim_key, middle
from models.figures import Wanted
from models.filters import Filters
from models.ledger import claim, claims, every_claim, guidance
from models.purge import purge_url
from models.records import Check, Figure, Later
from models.tables import Article, Claim, FigureRow, FormerFigure
from tests.builders import Piece, add_article, add_source, analysis_of, revise

DAY = datetime(2025, 11, 3, 9, tzinfo=UTC)
WRONG = Check(kind="reported", verdict="inconsistent", explanation="It was $34.9 billion.")


class Newsroom:
    """Articles with one figure each, a day apart."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.sources = {lang: add_source(session, f"Outlet {lang}", lang) for lang in ("nl", "en")}
        self.count = 0

    def add(self, text: str, value: float, lang: str = "en", days: int | None = None, **more: Any) -> Article:
        """An article whose only sentence is the figure."""
        self.count += 1
        published = DAY + timedelta(days=self.count if days is None else days)
        piece = Piece(f"https://{lang}.example/{self.count}", text, lang, published, [(text, "neutral")])
        article = add_article(self.session, self.sources[lang], piece, read=False)
        self.read(article, text, value, **more)
        return article

    def read(self, article: Article, text: str, value: float, **more: Any) -> None:
        """A reading of the article with this figure."""
        piece = Piece(article.url, text, article.lang or "en", article.published, [(text, "neutral")])
        store(self.session, article, analysis_of(piece).model_copy(update={"figures": [figure(text, value, **more)]}))


def figure(text: str, value: float, **more: Any) -> Figure:
    fields = {"unit": "USD", "metric": "capex", "subjects": ["Microsoft"], "period": "2025-Q3", **more}
    return Figure(text=text, start=0, end=len(text), sentence=0, value=value, **fields)


@pytest.fixture
def newsroom(empty: Session) -> Newsroom:
    return Newsroom(empty)


def names(session: Session) -> list[str]:
    return [hit.id for hit in claims(session, Filters(), Wanted()).items]


def test_versions_in_two_languages_are_one_claim(empty: Session, newsroom: Newsroom) -> None:
    first = newsroom.add("bijna 35 miljard dollar", 35e9, "nl", qualifier="almost")
    newsroom.add("$34.9 billion", 34.9e9, "en")
    newsroom.add("over $35bn", 35e9, "en", qualifier="over")
    (hit,) = claims(empty, Filters(), Wanted()).items
    assert hit.id == "microsoft-capex-2025-q3-35bn-usd"
    assert (hit.text, hit.latest, hit.first_article) == ("bijna 35 miljard dollar", "over $35bn", first.id)
    assert (hit.articles, hit.sources, hit.low, hit.high) == (3, 2, 34.9e9, 35e9)
    told = claim(empty, hit.id)
    assert told is not None
    assert [v.text for v in told.versions] == ["bijna 35 miljard dollar", "$34.9 billion", "over $35bn"]
    assert told.languages == ["en", "nl"]
    assert [f.claim for f in told.sightings] == [hit.id] * 3


def test_an_error_is_a_version_of_the_reported_quantity(empty: Session, newsroom: Newsroom) -> None:
    newsroom.add("$34.9 billion", 34.9e9)
    newsroom.add("$53 billion", 53e9)
    assert len(names(empty)) == 1


def test_a_part_is_another_claim_than_its_whole(empty: Session, newsroom: Newsroom) -> None:
    newsroom.add("$76.4 billion", 76.4e9, metric="revenue", period="2025-Q2")
    newsroom.add("$46.7 billion", 46.7e9, metric="revenue", period="2025-Q2")
    assert len(names(empty)) == 2


@pytest.mark.parametrize(
    "other", [{"metric": "investment"}, {"period": None}, {"period": "2025"}, {"period": "2025-08/2025-10"}]
)
def test_the_very_number_in_other_words_is_the_same_claim(
    empty: Session, newsroom: Newsroom, other: dict[str, Any]
) -> None:
    newsroom.add("$34.9 billion", 34.9e9)
    newsroom.add("$35bn", 35e9, **other)
    assert names(empty) == ["microsoft-capex-2025-q3-34.9bn-usd"]
    newsroom.add("$35bn", 35e9, days=80, **other)
    assert len(names(empty)) == 2  # too late to be the same report


@pytest.mark.parametrize(
    "other",
    [{"period": "2025-Q2"}, {"subjects": ["Meta"]}, {"metric": "revenue"}, {"role": "by", "direction": "up"},
     {"unit": "EUR"}, {"subjects": ["Meta", "Microsoft"]}],
)  # fmt: skip
def test_another_quantity_is_another_claim(empty: Session, newsroom: Newsroom, other: dict[str, Any]) -> None:
    newsroom.add("$34.9 billion", 34.9e9)
    newsroom.add("$34.9 billion", 34.9e9, **other)
    assert len(names(empty)) == 2


def test_without_a_period_only_like_amounts_meet(empty: Session, newsroom: Newsroom) -> None:
    for value in (500e9, 510e9, 300e9):
        newsroom.add(f"${value / 1e9:.0f}bn", value, metric="investment", period=None, subjects=["OpenAI"])
    assert sorted(names(empty)) == ["openai-investment-300bn-usd", "openai-investment-500bn-usd"]


def test_a_fall_without_a_period_belongs_to_its_month(empty: Session, newsroom: Newsroom) -> None:
    fall: dict[str, Any] = {
        "metric": "price_change",
        "unit": "percent",
        "role": "by",
        "direction": "down",
        "period": None,
    }
    newsroom.add("3 percent", 3, days=1, **fall)
    newsroom.add("3%", 3, days=2, **fall)
    newsroom.add("3%", 3, days=40, **fall)
    newsroom.add("3%", 3, days=2, **{**fall, "direction": "up"})
    assert sorted(names(empty)) == [
        "microsoft-price-change-2025-11-down-3-percent", "microsoft-price-change-2025-11-up-3-percent",
        "microsoft-price-change-2025-12-down-3-percent",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "missing", [{"subjects": []}, {"unit": None}, {"metric": "other"}, {"denied": True}, {"role": "from"}]
)
def test_what_cannot_be_followed_has_no_claim(empty: Session, newsroom: Newsroom, missing: dict[str, Any]) -> None:
    newsroom.add("$34.9 billion", 34.9e9, **missing)
    assert names(empty) == []
    assert empty.exec(select(FigureRow.claim_id)).one() is None


def test_the_id_outlives_another_reading_and_an_earlier_sighting(empty: Session, newsroom: Newsroom) -> None:
    article = newsroom.add("nearly $35 billion", 35e9)
    before = names(empty)
    newsroom.add("$34.9 billion", 34.9e9, days=0)
    newsroom.read(article, "nearly $35 billion", 35e9)
    assert names(empty) == before
    assert claims(empty, Filters(), Wanted()).items[0].text == "$34.9 billion"
    assert empty.exec(select(FormerFigure)).all() == []


def test_a_corrected_article_is_seen_as_corrected(empty: Session, newsroom: Newsroom) -> None:
    article = newsroom.add("$53 billion", 53e9, checks=[WRONG])
    newsroom.add("$34.9 billion", 34.9e9)
    revise(empty, article, "Corrected", "$34.9 billion")
    newsroom.read(article, "$34.9 billion", 34.9e9)
    told = claim(empty, "microsoft-capex-2025-q3-53bn-usd")
    assert told is not None
    assert [(c.article, c.was, c.to) for c in told.corrections] == [(article.id, "$53 billion", "$34.9 billion")]
    assert [v.text for v in told.versions] == ["$34.9 billion"]
    assert (told.claim.text, told.claim.first_article, told.claim.first_seen) == (
        "$53 billion", article.id, article.published,
    )  # fmt: skip
    assert told.dates[told.sightings[-1].id] == article.fetched  # it gives the other number since its update
    (known,) = told.verdicts
    assert (known.verdict, known.text, known.since) == ("inconsistent", "$53 billion", article.published)


def test_a_correction_far_off_names_the_new_value(empty: Session, newsroom: Newsroom) -> None:
    article = newsroom.add("$35 million", 35e6)
    revise(empty, article, "Corrected", "$35 billion")
    newsroom.read(article, "$35 billion", 35e9)
    told = claim(empty, "microsoft-capex-2025-q3-35mn-usd")
    assert told is not None
    assert [(c.was, c.to) for c in told.corrections] == [("$35 million", "$35 billion")]


def test_an_update_that_keeps_the_value_is_no_correction(empty: Session, newsroom: Newsroom) -> None:
    article = newsroom.add("$53 billion", 53e9)
    for text in ("$53bn", "53 billion dollars"):
        revise(empty, article, "Updated", text)
        newsroom.read(article, text, 53e9)
    told = claim(empty, "microsoft-capex-2025-q3-53bn-usd")
    assert told is not None
    assert told.corrections == []
    assert told.claim.first_seen == article.published


def test_a_figure_that_every_article_took_out_leaves_its_trace(empty: Session, newsroom: Newsroom) -> None:
    article = newsroom.add("$53 billion", 53e9)
    for text in ("$53 billion", "No figure."):
        revise(empty, article, "Corrected", text)
        if text == "$53 billion":
            newsroom.read(article, text, 53e9)
    store(empty, article, analysis_of(Piece(article.url, "t", "en", DAY, [("No figure.", "neutral")])))
    assert names(empty) == []
    told = claim(empty, "microsoft-capex-2025-q3-53bn-usd")
    assert told is not None
    assert [(c.was, c.to) for c in told.corrections] == [("$53 billion", None)]
    assert (told.claim.text, told.claim.first_article, told.sightings) == ("$53 billion", article.id, [])


def test_purging_takes_the_claim_along(empty: Session, newsroom: Newsroom) -> None:
    article = newsroom.add("$53 billion", 53e9)
    revise(empty, article, "Corrected", "$54 billion")
    newsroom.read(article, "$54 billion", 54e9)
    purge_url(empty, article.url)
    assert empty.exec(select(Claim)).all() == []
    assert empty.exec(select(FormerFigure)).all() == []


def test_the_ledger_sorts_and_filters(empty: Session, newsroom: Newsroom) -> None:
    newsroom.add("$34.9 billion", 34.9e9, days=1)
    newsroom.add("34,9 miljard dollar", 34.9e9, "nl", days=2)
    newsroom.add("$19.4 billion", 19.4e9, subjects=["Meta"], days=3, modality="planned")
    everything = Wanted()
    newest = [hit.subjects for hit in claims(empty, Filters(), everything).items]
    spread = [hit.subjects for hit in claims(empty, Filters(), everything, "spread").items]
    assert (newest, spread) == ([["Meta"], ["Microsoft"]], [["Microsoft"], ["Meta"]])
    dutch = claims(empty, Filters(lang=("nl",)), everything).items
    planned = claims(empty, Filters(), Wanted(modality=("planned",))).items
    assert [hit.subjects for hit in dutch] == [["Microsoft"]]
    assert [hit.subjects for hit in planned] == [["Meta"]]
    assert claims(empty, Filters(), Wanted(verdict=("consistent",))).total == 0


@pytest.mark.parametrize("sort", ["newest", "spread"])
def test_pages_show_every_claim_once(empty: Session, newsroom: Newsroom, sort: Any) -> None:
    for value in range(1, 8):
        newsroom.add(f"${value}bn", 2.0**value * 1e9, period="2025-Q3", days=value // 2)
        newsroom.add(f"{value} miljard", 2.0**value * 1e9, "nl", period="2025-Q2", days=value // 2)
    seen, cursor = [], None
    while True:
        page = claims(empty, Filters(), Wanted(), sort, 3, cursor)
        seen += [hit.id for hit in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page.total
    assert seen == [hit.id for hit in every_claim(empty, Filters(), Wanted(), sort)]


def test_what_became_of_plans_is_counted_by_company_and_outlet(empty: Session, newsroom: Newsroom) -> None:
    newsroom.add("$60 billion", 60e9, period="2025", modality="planned", subjects=["Meta"])
    newsroom.add("$70bn", 70e9, "nl", period="2025", modality="forecast", subjects=["Meta"])
    rows = empty.exec(select(FigureRow).order_by(col(FigureRow.id))).all()
    for row, outcome in zip(rows, ("above", "met"), strict=True):
        answer = Later(known="2026-01-30", outcome=outcome, actual=70e9, explanation={"en": "It was $70 billion."})
        row.later = [answer.model_dump(mode="json")]
    empty.flush()
    (meta,) = guidance(empty)
    assert (meta.name, meta.figures, meta.met, meta.above, meta.ratio) == ("Meta", 2, 1, 1, 1.083)
    assert [(row.name, row.met) for row in guidance(empty, "source")] == [("Outlet en", 0), ("Outlet nl", 1)]
    told = claim(empty, names(empty)[0])
    assert told is not None
    assert [(v.verdict, v.since.date().isoformat()) for v in told.verdicts] == [
        ("above", "2026-01-30"), ("met", "2026-01-30"),
    ]  # fmt: skip
    assert told.claim.outcome == "above"


@pytest.mark.parametrize("value", [0.0, -5.0, 1e300, float("inf")])
def test_a_value_beyond_reason_is_not_followed_and_harms_nothing(
    empty: Session, newsroom: Newsroom, value: float
) -> None:
    newsroom.add("?", value)
    newsroom.add("?", 5e9, value_to=value)
    newsroom.add("$5 billion", 5e9)
    assert names(empty) == ["microsoft-capex-2025-q3-5bn-usd"]


def test_an_odd_name_makes_a_plain_id(empty: Session, newsroom: Newsroom) -> None:
    newsroom.add("$5 billion", 5e9, subjects=["A|B & Söhne / C?", "Ünï"])
    assert names(empty) == ["a-b-söhne-c-ünï-capex-2025-q3-5bn-usd"]


def test_a_plan_counts_once_however_often_it_is_printed(empty: Session, newsroom: Newsroom) -> None:
    for _ in range(3):
        newsroom.add("$60 billion", 60e9, period="2025", modality="planned")
    answer = Later(known="2026-01-30", outcome="above", actual=70e9, explanation={})
    for row in empty.exec(select(FigureRow)):
        row.later = [answer.model_dump(mode="json")]
    empty.flush()
    assert [(row.name, row.figures) for row in guidance(empty)] == [("Microsoft", 1)]


@given(st.floats(1, 1e14), st.one_of(st.none(), st.floats(1, 1e14)))
def test_the_middle_of_a_range_lies_in_it(value: float, value_to: float | None) -> None:
    row = FigureRow(**figure("x", value, value_to=value_to).model_dump(mode="json"), article_id=1)
    ends = sorted((value, value if value_to is None else value_to))
    assert ends[0] * (1 - 1e-9) <= middle(row) <= ends[1] * (1 + 1e-9)
    assert claim_key(row, None) is not None
