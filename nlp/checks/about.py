"""What a figure says about reported capital expenditure: of which companies, put how plainly."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from nlp.checks.passage import Cited, Passage
from nlp.checks.series import Company, Series
from nlp.checks.tolerance import precision
from nlp.checks.understood import has_strangers, is_elliptic, is_understood
from nlp.checks.windows import Window
from nlp.orgs import mentions

_LEAST = 1e6  # dollars: less is the price of something, not what a company spent
_REACH = 50  # characters after a change that may tell what it is compared with
_FINE = 3  # digits
_BEFORE = 2  # sentences back that may show what the text speaks of
_PLACE = re.compile(r"\b[Ii]n (?:the |de |het )?([A-Z]\w+)")
_UNSURE = {"forecast", "planned"}
_OTHER = {"revenue", "profit", "debt", "valuation", "market_cap", "loan_share", "power", "price_change"}


@dataclass(frozen=True)
class About:
    """The companies that a figure is about, and whether the text states it so plainly that it can be refuted."""

    firms: tuple[Company, ...]
    plain: bool

    @property
    def tickers(self) -> list[str]:
        return [c.ticker for c in self.firms]


def about(passage: Passage, cited: Cited, series: Series, *, context: bool = False) -> About | None:
    """The companies of a figure on capital expenditure; none when it is about something else or unlisted.

    `context` says that the text around is certain to speak of capital expenditure (see `in_context`).
    """
    figure, wording = cited.figure, passage.wording
    scope = _scope(passage, cited)
    invested = not context and not _on_capex(passage, cited, scope)
    if figure.denied or figure.modality in _UNSURE or (invested and not _is_invested(passage, cited)):
        return None
    if _other_measure(passage, cited) or wording.has("leases", passage.text(cited)):
        return None
    firms = _firms(figure.subjects or _speaker(passage, cited), series)
    if not firms:
        return None
    if invested and is_partial(passage, cited, firms):
        return None
    worded = _is_worded(passage, cited, scope) or (context and (figure.role != "level" or is_elliptic(passage, cited)))
    stated = is_asserted(passage, cited) and worded
    joint = len(firms) == 1 or wording.has("together", passage.text(cited)) or (context and figure.role != "level")
    meant = _is_surely_meant(passage, cited)
    clear = stated and joint and meant and not is_partial(passage, cited, firms)
    return About(firms, clear and is_understood(passage, cited))


def _is_invested(passage: Passage, cited: Cited) -> bool:
    """An amount that companies invested, without the words for capital expenditure: written so finely that it is no
    chance where it agrees with the filings, and never refuted."""
    figure = cited.figure
    fine = precision(figure, passage.lang)[1] >= _FINE or figure.period is not None
    spent = figure.metric == "investment" or passage.wording.has("spends", passage.text(cited))
    return spent and fine and figure.unit == "USD" and not passage.wording.has("not_capex", passage.text(cited))


def in_context(passage: Passage, cited: Cited, held: Mapping[int, Window]) -> bool:
    """Whether an amount beside the figure, or shortly before in the paragraph, agrees with the filings, so that the
    text is certain to speak of capital expenditure, and the figure is one of spending or of its change."""
    figure, text = cited.figure, passage.text(cited)
    spending = figure.metric in ("capex", "investment") or passage.wording.has("spends", text)
    if not spending or passage.wording.has("not_capex", text):
        return False
    here = figure.sentence
    for sentence in range(here, max(here - _BEFORE, 0) - 1, -1):
        if any(c.index in held and c is not cited for c in passage.row(sentence)):
            return True
        if sentence in passage.opens:
            return False
    return False


def is_asserted(passage: Passage, cited: Cited) -> bool:
    """Whether the text itself says it, as a fact of the past."""
    wording, text = passage.wording, passage.text(cited)
    unsure = wording.has("hearsay", text) or wording.starts("conditional", text)
    return cited.figure.modality == "reported" and not unsure


def _is_worded(passage: Passage, cited: Cited, scope: str) -> bool:
    """Whether the words for capital expenditure stand with the figure, or right before it in what it points back to."""
    wording = passage.wording
    if not wording.has("capex", scope):
        return False
    if wording.has("capex", passage.text(cited)):
        return True
    if cited.figure.role == "level" and cited.figure.unit not in ("percent", "x"):
        return is_elliptic(passage, cited)
    return wording.is_light(passage.before(cited), known=scope)


def _is_surely_meant(passage: Passage, cited: Cited) -> bool:
    """Whether "the company" can be no other than the one that it is taken for: no other name stands in between."""
    here, wanted = cited.figure.sentence, set(cited.figure.subjects)
    if has_strangers(passage, here):
        return False
    if not wanted or wanted & passage.names(here):
        return True
    for sentence in range(here - 1, -1, -1):
        names = passage.names(sentence)
        if names - wanted or has_strangers(passage, sentence):
            return False
        if names & wanted:
            return True
    return True  # by a description: "the search giant"


def is_partial(passage: Passage, cited: Cited, firms: tuple[Company, ...]) -> bool:
    """Whether the amount may be a part, a rate or another's, or be compared with something else."""
    wording, text, figure = passage.wording, passage.text(cited), cited.figure
    others = {m.name for m in mentions(text)} - set(figure.subjects) if figure.subjects else set()
    if (
        others
        or wording.has("portion", _untitled(passage, text))
        or wording.has("partners", text)
        or _in_a_place(passage, cited)
    ):
        return True
    after = passage.after(cited)
    a_year = wording.starts("per_time", after) and not wording.has("earlier", after[:_REACH])
    if a_year or wording.has("part_of", text) or _beside_a_share(passage, cited):
        return True
    if figure.unit in ("percent", "x"):
        return wording.has("not_capex", passage.after(cited)[:_REACH])
    if any(_is_beside(cited, c) for c in passage.row(figure.sentence)):
        return True
    crowd = len(firms) == 1 and wording.has("crowd", passage.sentence_part(cited))
    return crowd or figure.value < _LEAST


def _is_beside(cited: Cited, other: Cited) -> bool:
    """Another amount of the same company and time in the sentence: the two may be parts of one."""
    one, two = cited.figure, other.figure
    like = other is not cited and other.is_money and one.role == two.role == "level"
    return like and (one.subjects, one.period) == (two.subjects, two.period)


def _beside_a_share(passage: Passage, cited: Cited) -> bool:
    """ "Half of its capital expenditure, $35 billion, went on servers"."""
    row = (c for c in passage.row(cited.figure.sentence) if c is not cited and c.figure.role == "level")
    return any(c.figure.unit == "percent" and passage.wording.starts("base", passage.after(c)) for c in row)


def _untitled(passage: Passage, text: str) -> str:
    """A text without descriptions of a company by what it owns: "the Instagram owner" is no part of one."""
    for found in reversed(passage.wording.find("titles", text)):
        text = text[: found.start()] + text[found.end() :]
    return text


def _on_capex(passage: Passage, cited: Cited, scope: str) -> bool:
    """Whether an amount is read as capital expenditure, or a change stands with words for it."""
    metric = cited.figure.metric
    if metric == "capex":
        return True
    change = cited.figure.unit in ("percent", "x")
    return (change or metric not in _OTHER) and passage.wording.has("capex", scope)


def _other_measure(passage: Passage, cited: Cited) -> bool:
    """Whether the figure stands nearer to another measure (research, bonds, profit) than to capital expenditure."""
    where = passage.text(cited), cited.figure.start, cited.figure.end
    other = passage.wording.distance("not_capex", *where)
    if cited.figure.metric in _OTHER and other < inf:
        return True
    return other < passage.wording.distance("capex", *where)


def _speaker(passage: Passage, cited: Cited) -> list[str]:
    """The company that a sentence opens with and that reports its own figure: "Alphabet reported capex of ..."."""
    named = {m.name for m in mentions(passage.text(cited))}
    first = next(iter(mentions(passage.text(cited))), None)
    if first is None or len(named) != 1 or first.end > cited.figure.start:
        return []
    return [first.name] if passage.wording.starts("reports", passage.text(cited)[first.end :]) else []


def _in_a_place(passage: Passage, cited: Cited) -> bool:
    """Whether the amount may be for one place only: "in Ierland", "in New Albany"."""
    names = [m[1] for m in _PLACE.finditer(passage.text(cited))]
    return any(not passage.wording.has("not_places", name) for name in names)


def _scope(passage: Passage, cited: Cited) -> str:
    """The sentence of the figure, with the one before it where it only points back ("Dat was 18 procent meer")."""
    here = cited.figure.sentence
    if here > 0 and passage.wording.starts("anaphora", passage.sentences[here]):
        return passage.sentences[here - 1] + " " + passage.sentences[here]
    return passage.sentences[here]


def _firms(subjects: Sequence[str], series: Series) -> tuple[Company, ...]:
    """All of the companies, or none where the series lacks one of them."""
    firms = [series.company(name) for name in subjects]
    known = [c for c in firms if c is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(firms) else ()
