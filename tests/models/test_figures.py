from datetime import date

import pytest
from sqlmodel import Session, select

from models.errors import QueryError
from models.figures import Wanted, cited, counts_by_verdict, every_figure, figures_of
from models.filters import Filters
from models.tables import Article, FigureRow

EVERYTHING = Filters()


def test_pages_show_every_figure_once_newest_first(session: Session) -> None:
    ids, cursor = [], None
    while True:
        page = cited(session, EVERYTHING, limit=4, cursor=cursor)
        ids += [figure.id for figure in page.items]
        cursor = page.next
        if cursor is None:
            break
    figures = list(every_figure(session, EVERYTHING, Wanted()))
    assert [figure.id for figure in figures] == ids
    assert len(set(ids)) == len(ids) == page.total == 13
    days = [figure.published for figure in figures if figure.published]
    assert days == sorted(days, reverse=True)


def test_filters_are_on_the_figure_and_on_its_article(session: Session) -> None:
    assert cited(session, EVERYTHING, verdict=("inconsistent",)).total == 1
    assert cited(session, EVERYTHING, org=("Alphabet",)).total == 12
    assert cited(session, EVERYTHING, org=("Alphabet", "Microsoft")).total == 13
    assert cited(session, EVERYTHING, unit=("EUR",)).total == 0
    assert cited(session, EVERYTHING, metric=("capex",), modality=("reported",)).total == 13
    assert cited(session, Filters(lang=("nl",))).total == 6
    assert cited(session, Filters(since=date(2025, 10, 1), until=date(2025, 10, 31))).total == 6


@pytest.mark.parametrize(("period", "total"), [("2025", 13), ("2025-Q3", 13), ("202", 0), ("2025-Q", 0), ("%", 0)])
def test_a_period_finds_what_lies_in_it(session: Session, period: str, total: int) -> None:
    assert cited(session, EVERYTHING, period=(period,)).total == total


def test_verdicts_add_up(session: Session) -> None:
    counts = counts_by_verdict(session, EVERYTHING, Wanted())
    assert counts == {"consistent": 12, "inconsistent": 1, "unverifiable": 0, "unchecked": 0}
    row = session.exec(select(FigureRow)).first()
    assert row
    row.verdict = None
    assert counts_by_verdict(session, EVERYTHING, Wanted())["unchecked"] == 1


def test_a_planted_figure_is_marked_wherever_it_shows(session: Session) -> None:
    (planted,) = [figure for figure in cited(session, EVERYTHING, limit=50).items if figure.planted]
    assert (planted.text, planted.verdict, planted.sample) == ("300 billion dollars", "inconsistent", True)
    assert planted.quote == "Microsoft spent 300 billion dollars on data centers in the third quarter of 2025."
    assert figures_of(session, planted.article) == [planted]


def test_a_neutral_sentence_outside_the_sample_is_not_quoted(session: Session) -> None:
    assert [figure.quote for figure in cited(session, EVERYTHING, org=("Alphabet",)).items] == [None] * 12


def test_a_cursor_belongs_to_its_search(session: Session) -> None:
    cursor = cited(session, EVERYTHING, limit=2).next
    with pytest.raises(QueryError):
        cited(session, EVERYTHING, metric=("capex",), limit=2, cursor=cursor)


def test_evidence_comes_back_as_it_was_stored(session: Session) -> None:
    (figure,) = cited(session, EVERYTHING, verdict=("inconsistent",)).items
    assert [check.verdict for check in figure.checks] == ["unverifiable", "inconsistent"]
    assert figure.checks[1].evidence[0].grade == "derived"
    article = session.get(Article, figure.article)
    assert article
    assert (article.text or "")[figure.start : figure.end] == figure.text
