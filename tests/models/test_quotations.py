from hypothesis import given
from hypothesis import strategies as st

from models.quotations import quotations, words
from models.tables import SentenceRow

sentence = st.tuples(
    st.integers(1, 60), st.sampled_from(["hype", "caution", "neutral", None]), st.floats(0, 1), st.floats(0, 1)
)


def rows(sentences: list[tuple[int, str | None, float, float]]) -> tuple[str, list[SentenceRow]]:
    text, made = "", []
    for number, (length, stance, hype, caution) in enumerate(sentences):
        start = len(text)
        text += " ".join(["woord"] * length) + ". "
        end = len(text) - 1
        made.append(
            SentenceRow(score_id=1, number=number, start=start, end=end, stance=stance, p_hype=hype, p_caution=caution)
        )
    return text, made


@given(st.lists(sentence, max_size=40))
def test_quotes_stay_within_what_may_be_quoted(sentences: list[tuple[int, str | None, float, float]]) -> None:
    text, made = rows(sentences)
    quotes = quotations(text, made)
    assert len(quotes) <= 5
    assert all(0 < words(quote) <= 40 for quote in quotes.values())
    assert sum(map(words, quotes.values())) * 5 <= words(text)
    assert all(made[number].stance in ("hype", "caution") for number in quotes)


def test_both_sides_speak_the_strongest_first() -> None:
    strengths = [("hype", 0.99), ("hype", 0.95), ("hype", 0.9), ("hype", 0.85), ("caution", 0.6), ("caution", 0.7)]
    text, made = rows([(5, s, p, p) for s, p in strengths] + [(5, "neutral", 0.0, 0.0)] * 24)
    assert list(quotations(text, made)) == [0, 5, 1, 4, 2]


def test_a_long_sentence_makes_room_for_the_next() -> None:
    text, made = rows([(41, "hype", 0.99, 0), (8, "hype", 0.6, 0)] + [(10, "neutral", 0.0, 0.0)] * 30)
    assert list(quotations(text, made)) == [1]


def test_without_a_text_nothing_is_quoted() -> None:
    _, made = rows([(5, "hype", 0.9, 0.0)])
    assert quotations(None, made) == {}
