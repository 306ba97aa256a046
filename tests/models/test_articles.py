from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from sqlmodel import Session, select

from models.articles import counts_by_status, detail, every, facets, search
from models.errors import QueryError
from models.filters import Filters, Sort
from models.tables import Article, Source
from tests.builders import NL, Piece, add_article, revise

EVERYTHING = Filters()
SORTS = get_args(Sort)
WHEN = datetime(2025, 12, 31, tzinfo=UTC)


def article(session: Session, url_end: str) -> Article:
    return session.exec(select(Article).where(Article.url.endswith(url_end))).one()


def pages(session: Session, filters: Filters, sort: Sort, limit: int) -> list[int]:
    ids, cursor = [], None
    while True:
        page = search(session, filters, sort, limit, cursor)
        ids += [hit.id for hit in page.items]
        cursor = page.next
        if cursor is None:
            assert page.total == len(ids)
            return ids


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filters", [EVERYTHING, Filters(q="zeepbel"), Filters(lang=("en",), theme=("energy",))])
def test_pages_show_every_article_once(session: Session, filters: Filters, sort: Sort) -> None:
    ids = pages(session, filters, sort, 7)
    assert len(set(ids)) == len(ids) > 7
    assert [hit.id for hit in every(session, filters, sort)] == ids


def test_newest_and_oldest_put_articles_without_a_date_last(session: Session) -> None:
    for sort, newest_first in (("newest", True), ("oldest", False)):
        dates = [hit.published for hit in every(session, EVERYTHING, sort)]
        known = [day for day in dates if day]
        assert dates[: len(known)] == sorted(known, reverse=newest_first)
        assert len(known) < len(dates)


def test_sorted_by_stance_the_unscored_come_last(session: Session) -> None:
    for sort, hype_first in (("hype", True), ("caution", False)):
        nets = [hit.net_stance for hit in every(session, EVERYTHING, sort)]
        known = [net for net in nets if net is not None]
        assert nets[: len(known)] == sorted(known, reverse=hype_first)
        assert len(known) < len(nets)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("typed", ["", "zeepbel"])
def test_articles_that_come_in_do_not_shift_the_pages(session: Session, sort: Sort, typed: str) -> None:
    filters = Filters(q=typed)
    before = pages(session, filters, sort, 5)
    first = search(session, filters, sort, 5)
    source = session.exec(select(Source).where(Source.name == "De Polder")).one()
    for number in range(20):
        late = Piece(f"https://x.example/{number}", "zeepbel " * number, "nl", WHEN, [("Nog een zeepbel.", "caution")])
        add_article(session, source, late)
    rest, cursor = [], first.next
    while cursor:
        page = search(session, filters, sort, 5, cursor)
        rest += [hit.id for hit in page.items]
        cursor = page.next
    assert [row for row in rest if row in before] == before[5:]


def test_a_cursor_belongs_to_its_search(session: Session) -> None:
    cursor = search(session, EVERYTHING, "newest", 5).next
    for filters, sort in ((Filters(q="zeepbel"), "newest"), (EVERYTHING, "oldest")):
        with pytest.raises(QueryError):
            search(session, filters, sort, 5, cursor)


def test_filters_narrow_each_other_and_their_values_widen(session: Session) -> None:
    polder = set(pages(session, Filters(source=("De Polder",)), "newest", 50))
    both = set(pages(session, Filters(source=("De Polder", "The Ledger")), "newest", 50))
    english = set(pages(session, Filters(source=("De Polder", "The Ledger"), lang=("en",)), "newest", 50))
    assert polder < both
    assert english == both - polder
    assert pages(session, Filters(source=("nobody",)), "newest", 50) == []


def test_days_are_inclusive(session: Session) -> None:
    hits = search(session, Filters(since=date(2025, 8, 20), until=date(2025, 8, 20)), limit=50).items
    assert {hit.published.date() for hit in hits if hit.published} == {date(2025, 8, 20)}
    assert search(session, Filters(since=date(2025, 8, 21), until=date(2025, 8, 20))).total == 0
    assert search(session, Filters(since=date.min, until=date.max)).total == search(session, EVERYTHING).total - 1


def test_the_stance_filter_follows_the_label_of_the_hit(session: Session) -> None:
    for stance in ("hype", "caution", "neutral"):
        hits = list(every(session, Filters(stance=(stance,))))
        assert hits
        assert {hit.stance for hit in hits} == {stance}


@pytest.mark.parametrize(
    "filters",
    [
        EVERYTHING,
        Filters(q="zeepbel"),
        Filters(lang=("nl",), stance=("caution",)),
        Filters(theme=("energy",), org=("Nvidia",), source=(NL[0],)),
        Filters(since=date(2025, 1, 1), until=date(2025, 6, 30), stance=("hype", "neutral")),
    ],
)
def test_a_facet_counts_what_choosing_it_would_find(session: Session, filters: Filters) -> None:
    counted = facets(session, filters)
    for name in ("lang", "source", "theme", "org", "stance"):
        values = getattr(counted, name)
        for value in values:
            assert search(session, replace(filters, **{name: (value.value,)})).total == value.articles
        assert values == sorted(values, key=lambda item: (-item.articles, item.value))


def test_statuses_add_up(session: Session) -> None:
    counts = counts_by_status(session, EVERYTHING)
    assert sum(counts.values()) == search(session, EVERYTHING).total
    assert counts["opted_out"] == counts["unusable"] == counts["partial"] == 1


def test_a_snippet_is_at_most_forty_words_around_the_match(session: Session) -> None:
    hits = list(every(session, Filters(q="schulden")))
    assert hits
    for hit in hits:
        assert hit.snippet
        assert "schulden" in hit.snippet
        assert len(hit.snippet.split()) <= 40


def test_without_a_match_in_a_text_there_is_no_snippet(session: Session) -> None:
    (opted_out,) = search(session, Filters(q="mining")).items
    assert (opted_out.status, opted_out.snippet) == ("opted_out", None)
    (title,) = search(session, Filters(q="voetbal")).items
    assert title.snippet is None
    assert all(hit.snippet is None for hit in search(session, EVERYTHING).items)


def test_a_word_in_the_title_counts_more(session: Session) -> None:
    assert search(session, Filters(q="zeepbel"), "relevance").items[0].title == "Nog ongelezen zeepbel"


def test_copies_know_of_each_other(session: Session) -> None:
    one, other = search(session, Filters(q='"county board"'), "oldest").items
    assert one.story == other.story is not None
    assert (one.copies, other.copies) == (1, 1)
    shown = detail(session, one.id)
    assert shown
    assert [copy.id for copy in shown.elsewhere] == [other.id]


def test_only_the_sample_is_shown_whole(session: Session) -> None:
    for hit in list(every(session, EVERYTHING)):
        shown = detail(session, hit.id)
        assert shown
        assert (shown.text is not None) == shown.sample
        quoted = [bar.text for bar in shown.sentences if bar.text]
        assert len(quoted) <= 5
        assert shown.status in ("whole", "partial") or not shown.sentences


def test_a_reading_of_an_earlier_text_is_not_quoted_from_the_new_one(session: Session) -> None:
    old = article(session, "theledger.example/96")
    assert any(bar.text for bar in detail(session, old.id).sentences)
    revise(session, old, "Corrected", "Something else altogether, twice as long. " * 20)
    shown = detail(session, old.id)
    assert shown
    assert not any(bar.text for bar in shown.sentences)
    assert not any(figure.quote for figure in shown.cited)
    assert [(revision.number, revision.title) for revision in shown.revisions] == [(1, "Quarterly report 96")]
    assert shown.reading
    assert (shown.version, shown.reading.version) == (2, 1)


def test_there_is_no_article_with_an_unknown_number(session: Session) -> None:
    assert detail(session, 2**31 - 1) is None
