from hypothesis import given
from hypothesis import strategies as st

from api.dashboard.article import of_analysis, runs, shares
from models.answers import Bar
from models.records import Analysis, Figure, SentenceScore

TEXT = "De zeepbel groeit. Meta gaf 18,8 miljard uit.\n\nZo is het."
STARTS = (0, 19, 47)


def figure(words: str, start: int, sentence: int = 1) -> Figure:
    return Figure(text=words, start=start, end=start + len(words), sentence=sentence, value=1)


def analysis(*figures: Figure) -> Analysis:
    ends = (18, 45, 57)
    scores = [
        SentenceScore(text=TEXT[a:b], start=a, end=b, stance=stance, p_hype=0.2, p_caution=0.2, p_neutral=0.6)
        for a, b, stance in zip(STARTS, ends, ("caution", "neutral", "neutral"), strict=True)
    ]
    return Analysis(id="1", lang="nl", sentences=scores, figures=list(figures))


def test_sentences_come_in_words_with_their_figures_and_paragraphs() -> None:
    reading = of_analysis(analysis(figure("18,8 miljard", 28)), TEXT)
    first, second, third = reading.sentences
    assert [run.text for run in second.runs] == ["Meta gaf ", "18,8 miljard", " uit."]
    assert [bool(run.figure) for run in second.runs] == [False, True, False]
    assert [first.paragraph, second.paragraph, third.paragraph] == [False, False, True]
    assert reading.whole
    assert second.chance == 0.6


def test_a_figure_that_does_not_stand_there_stays_unmarked() -> None:
    reading = of_analysis(analysis(figure("19 miljard", 28)), TEXT)
    assert [run.text for run in reading.sentences[1].runs] == ["Meta gaf 18,8 miljard uit."]


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=5), st.integers(0, 99)
)
def test_runs_put_together_are_the_sentence(words: str, spans: list[tuple[int, int]], offset: int) -> None:
    figures = [
        Figure(text=words[at : at + length], start=offset + at, end=offset + at + length, sentence=0, value=1)
        for at, length in spans
    ]
    assert "".join(run.text for run in runs(words, offset, figures)) == words


def bar(stance: str | None) -> Bar:
    return Bar(number=0, start=0, end=1, stance=stance, p_hype=None, p_caution=None, p_neutral=None, text=None)


def test_shares_are_of_scored_sentences() -> None:
    assert shares([bar("hype"), bar("hype"), bar("caution"), bar(None)]) == {
        "hype": 2 / 3,
        "neutral": 0.0,
        "caution": 1 / 3,
    }
    assert shares([bar(None)]) == {}
