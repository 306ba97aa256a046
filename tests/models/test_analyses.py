import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.analyses import pending, store, verdict_of
from models.articles import detail
from models.records import Analysis, Check, Figure
from models.tables import Article, FigureOrg, FigureRow, OrgRow, Score, SentenceRow, ThemeRow
from tests.builders import MODEL, Piece, add_article, add_source, analysis_of, pieces, revise


@pytest.fixture
def article(empty: Session) -> Article:
    piece, name = next(pieces())
    return add_article(empty, add_source(empty, name, "nl"), piece, read=False)


def reading(**changes: object) -> Analysis:
    piece, _ = next(pieces())
    return analysis_of(piece).model_copy(update=changes)


def test_an_article_waits_until_its_version_is_read(empty: Session, article: Article) -> None:
    assert pending(empty) == [article]
    store(empty, article, reading())
    assert pending(empty) == []
    assert pending(empty, again=True) == [article]
    revise(empty, article, "Nieuw", "Een andere tekst.")
    assert pending(empty) == [article]


def test_waiting_articles_come_in_parts(empty: Session, article: Article) -> None:
    source = add_source(empty, "Andere", "nl")
    more = [
        add_article(empty, source, Piece(f"https://a.example/{n}", "t", "nl", None, [("Zin.", "neutral")]), read=False)
        for n in range(4)
    ]
    assert pending(empty, 2) == [article, more[0]]
    assert pending(empty, 2, after=more[0].id or 0) == more[1:3]
    gone = more[3]
    gone.text, gone.status = None, "opted_out"
    assert pending(empty, 5, after=more[1].id or 0) == [more[2]]


def test_another_language_is_read_once(empty: Session) -> None:
    german = Piece("https://d.example/1", "Bericht", "de", None, [("Ein Satz.", "neutral")])
    made = add_article(empty, add_source(empty, "D", "de"), german, read=False)
    store(empty, made, analysis_of(german))
    assert pending(empty) == []
    score = empty.exec(select(Score)).one()
    assert (score.lang, score.net_stance, score.relevant, score.hype_share) == ("de", None, None, None)


def test_a_second_reading_replaces_labels_and_figures_and_keeps_the_score(empty: Session, article: Article) -> None:
    figure = Figure(text="100", start=0, end=3, sentence=0, value=100, subjects=["Amazon", "Amazon"])
    store(empty, article, reading(themes=["capex", "chips"], orgs=["Amazon"], figures=[figure]))
    again = reading(themes=["energy", "energy"], orgs=[], figures=[], model=MODEL.model_copy(update={"version": "2"}))
    store(empty, article, again)
    scores = empty.exec(select(Score).order_by(col(Score.id))).all()
    assert [(score.model_version, score.current) for score in scores] == [("1", False), ("2", True)]
    assert [row.theme for row in empty.exec(select(ThemeRow))] == ["energy"]
    assert not empty.exec(select(OrgRow)).all()
    assert not empty.exec(select(FigureRow)).all()
    assert not empty.exec(select(FigureOrg)).all()
    assert len(empty.exec(select(SentenceRow)).all()) == 2 * len(again.sentences)


def test_the_database_allows_one_current_reading(empty: Session, article: Article) -> None:
    first = store(empty, article, reading())
    second = store(empty, article, reading())
    second.current = first.current = True
    with pytest.raises(IntegrityError):
        empty.flush()


def test_shares_are_those_of_the_sentences(empty: Session, article: Article) -> None:
    score = store(empty, article, reading())
    assert (score.hype_share, score.caution_share) == (0.5, 0.0)
    assert store(empty, article, reading(sentences=[])).hype_share is None


def test_the_strongest_verdict_counts() -> None:
    figure = Figure(text="1", start=0, end=1, sentence=0, value=1)
    assert verdict_of(figure) is None
    for verdicts, strongest in (
        (["unverifiable", "consistent"], "consistent"),
        (["consistent", "inconsistent", "unverifiable"], "inconsistent"),
        (["unverifiable"], "unverifiable"),
    ):
        checks = [Check(kind="reported", verdict=verdict, explanation=".") for verdict in verdicts]
        assert verdict_of(figure.model_copy(update={"checks": checks})) == strongest


def test_a_figure_in_a_planted_claim_is_marked_whatever_the_white_space(empty: Session, article: Article) -> None:
    article.text = "Voor 5 en dan gaf het bedrijf\n300  miljard uit (echt). Na 7."
    article.planted = ["gaf het bedrijf 300 miljard uit (echt)", "staat er niet"]
    figures = []
    for written in ("5", "300  miljard", "7"):
        start = article.text.index(written)
        figures.append(Figure(text=written, start=start, end=start + len(written), sentence=0, value=1))
    store(empty, article, reading(figures=figures, sentences=[]))
    shown = detail(empty, article.id or 0)
    assert shown
    assert [(figure.text, figure.planted) for figure in shown.cited] == [
        ("5", False),
        ("300  miljard", True),
        ("7", False),
    ]


def test_nothing_of_a_reading_stays_when_the_caller_rolls_back(empty: Session, article: Article) -> None:
    empty.commit()
    store(empty, article, reading())
    empty.rollback()
    assert pending(empty) == [article]
    assert not empty.exec(select(ThemeRow)).all()


def test_a_language_that_was_not_known_is_filled_in(empty: Session, article: Article) -> None:
    article.lang = None
    store(empty, article, reading())
    assert article.lang == "nl"


def test_checks_are_kept_in_the_words_of_each_reader(empty: Session, article: Article) -> None:
    def figure(said: str) -> Figure:
        check = Check(kind="reported", verdict="consistent", explanation=said)
        return Figure(text="100", start=0, end=3, sentence=0, value=100, checks=[check])

    told = {"nl": [figure("Klopt.")], "en": [figure("Holds.")]}
    store(empty, article, reading(figures=told["nl"]), told)
    found = detail(empty, article.id or 0)
    assert found is not None
    (check,) = found.cited[0].checks
    assert (check.explanation, check.explanations) == ("Klopt.", {"nl": "Klopt.", "en": "Holds."})
