"""Finding the quantities of a sentence, with value, unit, qualifier and place."""

from nlp.figures.amounts import read_amount
from nlp.figures.counts import count, is_year
from nlp.figures.fractions import read_fraction, read_percentage
from nlp.figures.links import link
from nlp.figures.multiples import read_factor, read_multiple
from nlp.figures.qualifiers import qualify, qualify_after
from nlp.figures.quantity import Line, Quantity
from nlp.figures.vague import read_vague

READERS = (read_fraction, read_percentage, read_multiple, read_factor, read_vague, read_amount)


def find(line: Line) -> list[Quantity]:
    """The figures of a sentence in order of place, not overlapping."""
    found = [q for q in _scan(line) if not is_year(line, q)]
    for quantity in found:
        qualify(line, quantity)
    found = count(line, link(line, found))
    for quantity in found:
        if quantity.unit == "count" and quantity.qualifier is None:
            qualify_after(line, quantity)
    _name_currencies(found)
    return found


def _scan(line: Line) -> list[Quantity]:
    found, at = [], 0
    while at < len(line.tokens):
        quantity = next((q for read in READERS if (q := read(line, at))), None)
        if quantity:
            found.append(quantity)
        at = quantity.end if quantity else at + 1
    return found


def _name_currencies(found: list[Quantity]) -> None:
    """An amount without a currency takes its partner's, else that of the nearest amount of the sentence."""
    named = [q for q in found if q.is_money and q.unit != "cent"]
    for quantity in found:
        if quantity.unit not in (None, "cent"):
            continue
        partner = quantity.partner if quantity.partner in named else None
        nearest = min(named, key=lambda q: abs(q.start - quantity.start), default=None)
        source = partner or nearest
        quantity.unit = source.unit if source else None
