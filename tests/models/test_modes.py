"""Search by meaning and hybrid: stable pages, sound totals, and ranks fused as published."""

from typing import get_args
from weakref import WeakKeyDictionary

import numpy as np
import pytest
from sqlmodel import Session, select

from models import meaning, modes
from models.articles import ranked
from models.detail import detail
from models.embeddings import DIMENSIONS, Encoder, keep, lacking
from models.errors import QueryError
from models.filters import Filters, Sort
from models.modes import Asked, Mode, fused, search
from models.tables import Article, Source
from tests.builders import NL, Piece, add_article

ENCODER = Encoder("test", "1")
MODES = ("meaning", "hybrid")
SORTS = get_args(Sort)
ZEEPBEL = Filters(q="zeepbel")


def asked(mode: Mode, seed: int = 7) -> Asked:
    vector = np.random.default_rng(seed).integers(-60, 61, DIMENSIONS).astype(np.int8)
    return Asked(mode, ENCODER, vector)  # type: ignore[arg-type]  # parametrised with the two that need one


@pytest.fixture
def embedded(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(meaning, "_kept", WeakKeyDictionary())  # other tests wrote other vectors, and rolled back
    waiting = lacking(session, ENCODER, 1000)
    vectors = np.random.default_rng(1).integers(-60, 61, (len(waiting), DIMENSIONS)).astype(np.int8)
    keep(session, ENCODER, waiting, vectors)
    return session


def pages(session: Session, mode: Mode, sort: Sort, filters: Filters = ZEEPBEL, limit: int = 7) -> list[int]:
    ids: list[int] = []
    cursor = None
    while True:
        page = search(session, filters, asked(mode), sort, limit, cursor)
        ids += [hit.id for hit in page.items]
        cursor = page.next
        if cursor is None:
            assert page.total == len(ids)
            return ids


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("mode", MODES)
def test_pages_show_every_article_once(embedded: Session, mode: Mode, sort: Sort) -> None:
    ids = pages(embedded, mode, sort)
    assert len(set(ids)) == len(ids) > 40
    assert ids == [hit.id for hit in search(embedded, ZEEPBEL, asked(mode), sort, modes.MOST).items]


@pytest.mark.parametrize("mode", MODES)
def test_every_filter_holds(embedded: Session, mode: Mode) -> None:
    page = search(embedded, Filters(q="zeepbel", lang=("nl",), source=(NL[1],), stance=("caution",)), asked(mode))
    assert page.items
    assert {(hit.lang, hit.source, hit.stance) for hit in page.items} == {("nl", NL[1], "caution")}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("mode", MODES)
def test_a_page_goes_on_where_the_last_one_ended_though_its_last_row_went(
    embedded: Session, mode: Mode, sort: Sort
) -> None:
    before = pages(embedded, mode, sort)
    page = search(embedded, ZEEPBEL, asked(mode), sort, 7)
    narrower = embedded.get(Article, page.items[-1].id)
    assert narrower
    source = embedded.exec(select(Source).where(Source.name == "De Polder")).one()
    added = add_article(embedded, source, Piece("https://x.example/new", "Nieuw", "nl", None, [("Geen.", "neutral")]))
    keep(embedded, ENCODER, [added], np.zeros((1, DIMENSIONS), np.int8))
    rest = search(embedded, ZEEPBEL, asked(mode), sort, 200, page.next)
    assert [hit.id for hit in rest.items if hit.id != added.id] == before[7:]


def test_by_meaning_what_was_typed_is_no_filter(embedded: Session) -> None:
    page = search(embedded, Filters(q="qqq"), asked("meaning"))
    assert page.total > 50
    assert all(hit.snippet is None for hit in page.items)
    assert search(embedded, Filters(q="qqq"), None).total == 0


def test_without_a_match_in_words_hybrid_is_by_meaning(embedded: Session) -> None:
    both, near = (search(embedded, Filters(q="qqq"), asked(mode), limit=50) for mode in ("hybrid", "meaning"))
    assert [hit.id for hit in both.items] == [hit.id for hit in near.items]


def test_a_full_list_says_that_there_may_be_more(embedded: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not search(embedded, ZEEPBEL, asked("hybrid")).total_is_lower_bound
    monkeypatch.setattr(modes, "MOST", 10)
    page = search(embedded, ZEEPBEL, asked("hybrid"))
    assert (page.total, len(page.items), page.total_is_lower_bound) == (10, 10, True)


def test_a_cursor_of_another_mode_is_refused(embedded: Session) -> None:
    page = search(embedded, ZEEPBEL, asked("meaning"), limit=3)
    with pytest.raises(QueryError, match="another search"):
        search(embedded, ZEEPBEL, asked("hybrid"), limit=3, cursor=page.next)


def test_reciprocal_ranks_are_added() -> None:
    scores = fused([1, 2, 3], [3, 4])
    assert scores == {3: 1 / 63 + 1 / 61, 1: 1 / 61, 4: 1 / 62, 2: 1 / 62}
    assert list(scores) == [3, 1, 4, 2]


def test_words_rank_for_hybrid_as_they_do_alone(embedded: Session) -> None:
    alone = search(embedded, ZEEPBEL, None, "relevance", 100)
    assert ranked(embedded, ZEEPBEL, 100) == [hit.id for hit in alone.items]
    assert ranked(embedded, Filters(), 100) == []


def test_similar_articles_come_from_other_languages_first_and_from_other_stories(embedded: Session) -> None:
    told = embedded.exec(select(Article).where(Article.title == "County votes")).all()
    shown = detail(embedded, told[0].id or 0)
    assert shown
    assert len(shown.similar) == 6
    assert [one.lang == "en" for one in shown.similar] == [False] * 3 + [True] * 3
    assert not {one.id for one in shown.similar} & {article.id for article in told}
