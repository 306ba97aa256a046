from datetime import date

import pytest
from sqlmodel import Session, col, select

from models import sentences
from models.filters import Filters
from models.sentences import ScoredSentence, every_sentence
from models.tables import Article, Score, SentenceRow


def test_every_sentence_of_the_current_readings_comes_once_and_in_order(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "BATCH", 7)
    found = [(one.article, one.number) for one in every_sentence(session, Filters())]
    query = select(Score.article_id, SentenceRow.number).join(Score, col(Score.id) == col(SentenceRow.score_id))
    expected = session.exec(query.where(col(Score.current).is_(True))).all()
    assert found == sorted((article, number) for article, number in expected)
    assert len(found) > 500


def test_the_filters_are_on_the_articles(session: Session) -> None:
    wanted = Filters(lang=("nl",), since=date(2025, 4, 1))
    articles = {one.article for one in every_sentence(session, wanted)}
    for article in session.exec(select(Article).where(col(Article.id).in_(articles))):
        assert article.lang == "nl"
        assert article.published
        assert article.published.date() >= date(2025, 4, 1)


def test_no_word_is_given_away() -> None:
    texts = {name for name, field in ScoredSentence.model_fields.items() if field.annotation is str}
    assert texts == {"model"}
