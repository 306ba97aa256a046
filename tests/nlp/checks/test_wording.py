"""Word lists of both languages."""

import re

from nlp.checks.wording import plain, wording, words


def test_both_languages_have_the_same_lists_and_texts() -> None:
    dutch, english = wording("nl"), wording("en")
    assert set(dutch._patterns) == set(english._patterns)
    assert set(dutch.texts) == set(english.texts)


def test_the_slots_of_a_text_are_the_same_in_both_languages() -> None:
    dutch, english = wording("nl").texts, wording("en").texts
    slots = re.compile(r"\{\w+\}")
    assert {n: set(slots.findall(t)) for n, t in dutch.items()} == {
        n: set(slots.findall(t)) for n, t in english.items()
    }


def test_phrases_are_whole_words() -> None:
    assert wording("nl").has("total", "Samen kost het")
    assert not wording("nl").has("total", "een samenwerking")
    assert wording("nl").starts("anaphora", "Dat is veel")
    assert wording("en").ends("base", "Only 240 of the ")


def test_light_words_tie_figures_together() -> None:
    english = wording("en")
    assert english.is_light(", an increase of ")
    assert not english.is_light(", while profit rose ")
    assert english.is_light("The budget rose by ", known="The budget was cut")


def test_lower_case_keeps_every_character_in_its_place() -> None:
    assert len(plain("İstanbul ’s")) == len("İstanbul ’s")
    assert words("Zo’n 40 km") == ["zo'n", "km"]
