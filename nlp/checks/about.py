"""What a figure says about reported capital expenditure: of which companies, put how plainly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from nlp.checks.passage import Cited, Passage
from nlp.checks.series import Company, Series
from nlp.orgs import mentions

_LEAST = 1e6  # dollars: less is the price of something, not what a company spent
_REACH = 50  # characters after a change that may tell what it is compared with
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


def about(passage: Passage, cited: Cited, series: Series) -> About | None:
    """The companies of a figure on capital expenditure; none when it is about something else or unlisted."""
    figure, wording = cited.figure, passage.wording
    scope = _scope(passage, cited)
    if figure.denied or figure.modality in _UNSURE or not _on_capex(passage, cited, scope):
        return None
    if _other_measure(passage, cited) or wording.has("leases", passage.text(cited)):
        return None
    firms = _firms(figure.subjects or _speaker(passage, cited), series)
    if not firms:
        return None
    return About(firms, _is_stated(passage, cited, scope, firms) and not _is_partial(passage, cited, firms))


def _is_stated(passage: Passage, cited: Cited, scope: str, firms: tuple[Company, ...]) -> bool:
    """Whether the text itself asserts, with the words for it, what these companies spent."""
    wording, text, figure = passage.wording, passage.text(cited), cited.figure
    if figure.modality != "reported" or wording.has("hearsay", text) or not wording.has("capex", scope):
        return False
    if not wording.has("capex", text) and not wording.is_light(passage.before(cited), known=scope):
        return False
    return len(firms) == 1 or wording.has("together", text)


def _is_partial(passage: Passage, cited: Cited, firms: tuple[Company, ...]) -> bool:
    """Whether the amount may be a part, a rate or another's, or be compared with something else."""
    wording, text, figure = passage.wording, passage.text(cited), cited.figure
    others = {m.name for m in mentions(text)} - set(figure.subjects) if figure.subjects else set()
    if others or wording.has("portion", text) or _in_a_place(passage, cited):
        return True
    if figure.unit in ("percent", "x"):
        return wording.has("not_capex", passage.after(cited)[:_REACH])
    crowd = len(firms) == 1 and wording.has("crowd", passage.sentence_part(cited))
    return crowd or figure.value < _LEAST


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
