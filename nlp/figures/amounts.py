"""Numbers with their scale and unit: "€3,5 mrd", "a hundred-billion-dollar", "10 gigawatt", "min 0,4 procent"."""

from dataclasses import replace

from nlp.figures.grammar import Unit
from nlp.figures.numbers import Number, number_word, read_number
from nlp.figures.quantity import Line, Quantity

HYPHENS = ("-", "‑", "–")


def read_amount(line: Line, start: int) -> Quantity | None:
    """The number with scale and unit that starts at a token, or None."""
    first, minus = _minus(line, start, start)
    sign = _sign(line, first) if first < len(line.tokens) else None
    at, unit = sign if sign else (first, None)
    at, negative = (at, True) if minus else _minus(line, at, start)
    number = _number(line, at)
    if number and number.start > at and unit is None and not negative:
        return None  # an article that is no part of the amount: read it from the next token on
    if number is None or _part_of_name(line, start, at, signed=sign is not None):
        return None
    end, scale = _scale(line, number, signed=sign is not None)
    if unit is None or unit.name == "cent":
        end, unit = _unit(line, end, number)
    else:
        end = _repeated(line, end, unit)
    if not number.digits and scale == 1 and unit is None and number.value != int(number.value):
        return None  # "half", "anderhalf" without anything it is half of
    factor = unit.factor if unit else 1.0
    value = number.value * scale * factor * (-1 if negative else 1)
    found = Quantity(start, end, value, unit=unit.name if unit else None, scale=scale, digits=number.digits)
    return _with_cents(line, found)


def _sign(line: Line, start: int) -> tuple[int, Unit] | None:
    """A currency sign or code before a number."""
    found = line.grammar.signs.at(line.words, start)
    if found and (found[0] == start + 1 or _written_as_sign(line, start)):
        return found
    code = line.grammar.codes.get(line.tokens[start].text)
    return (start + 1, code) if code else None


def _written_as_sign(line: Line, start: int) -> bool:
    """Letters before a dollar sign are part of it in capitals: "C$400", "US $5"; in "a $48 million contract" they are not."""
    letters = line.tokens[start].text
    return letters.isupper() and (line.touches(start + 1) or len(letters) > 1)


def _minus(line: Line, at: int, start: int) -> tuple[int, bool]:
    """Step over a minus: "min 0,4", "€ -12", " -3%"; a hyphen that joins two words is none."""
    word = line.word(at)
    if word in line.grammar.words["numbers"]["minus"]:
        return at + 1, True
    free = at > start or at == 0 or line.tokens[at].spaced if at < len(line.tokens) else False
    if word in ("-", "−") and free and line.touches(at + 1) and (line.word(at + 1)[:1].isdigit() or line.word(at + 1) in ("$", "€", "£")):
        return at + 1, True
    return at, False


def _number(line: Line, at: int) -> Number | None:
    """A number, or an article or half that counts as one before a scale: "a billion", "half a trillion", "een half miljard"."""
    if at >= len(line.tokens):
        return None
    words, scales = line.grammar.words["numbers"], line.grammar.scales
    if line.word(at) in words["halves"]:
        after = at + 1
        while line.word(after) in words["articles"] or line.word(after) in HYPHENS:
            after += 1
        return Number(at, after, words["halves"][line.word(at)], digits=False) if line.word(after) in scales else None
    if line.word(at) in words["articles"]:
        after = at + 1
        if line.word(after) in HYPHENS:
            return None
        if line.word(after) in words["halves"]:
            half = _number(line, after)
            return half._replace(start=after if line.word(after + 1) in HYPHENS else at) if half else None
        if line.word(after) in scales:
            return Number(at, after, 1.0, digits=False)
        if number_word(line.grammar).fullmatch(line.word(after)) and line.word(after) in ("hundred", "thousand"):
            return read_number(line.tokens, after, line.grammar)
    share = _share(line, at)
    if share:
        return share
    if line.word(at) in scales and line.word(at + 1) in HYPHENS and line.grammar.units.at(line.words, at + 2):
        return Number(at, at, 1.0, digits=False)  # "a trillion-dollar bill"
    return read_number(line.tokens, at, line.grammar)


def _share(line: Line, at: int) -> Number | None:
    """ "three quarters of a billion", "driekwart miljard", "een kwart miljard": a fraction of a scale."""
    words = line.grammar.words["fractions"]
    written = words["written"].get(line.word(at))
    above = read_number(line.tokens, at, line.grammar) if written is None else None
    below = words["parts"].get(line.word(above.end + (line.word(above.end) in HYPHENS))) if above else None
    if line.word(at) in words["articles"] and not below:
        below, above = words["parts"].get(line.word(at + 1)), Number(at, at + 1, 1.0, digits=False)
    if written is None and not (above and below and above.value < below):
        return None
    end = at + 1 if above is None else above.end + (line.word(above.end) in HYPHENS) + 1
    while line.word(end) in ("of", "van", *line.grammar.words["numbers"]["articles"]):
        end += 1
    if line.word(end) not in line.grammar.scales:
        return None
    return Number(at, end, written / 100 if written else above.value / below, digits=False)  # type: ignore[union-attr,operator]


def _part_of_name(line: Line, start: int, at: int, *, signed: bool) -> bool:
    """A number that a hyphen or nothing ties to a word before it: GPT-4.5, H100, F-35."""
    if signed or start == 0 or not line.touches(start):
        return False
    before = line.word(start - 1)
    if before in HYPHENS:
        return start > 1 and line.touches(start - 1) and line.word(start - 2)[-1:].isalpha() and line.tokens[at].text[0].isdigit()
    return before[-1:].isalpha() and line.tokens[at].text[0].isdigit()


def _scale(line: Line, number: Number, *, signed: bool) -> tuple[int, float]:
    """The scale words after a number, each with an optional hyphen before it, and the index after them."""
    end, scale, scales = number.end, 1.0, line.grammar.scales
    while True:
        at = end + 1 if line.word(end) in HYPHENS and line.touches(end) and line.touches(end + 1) else end
        word = line.word(at)
        if word.rstrip(".") in scales and not (word.endswith(".") and at + 1 == len(line.tokens)):
            scale, end = scale * scales[word.rstrip(".")], at + 1
            if line.word(end) == "." and line.touches(end) and line.word(end + 1)[:1].islower():
                end += 1  # "mln. euro", where the tokeniser parts the point
            continue
        letters = line.grammar.words["letters"]
        if scale == 1 and number.digits and word in letters and line.touches(at) and (signed or word == "k" or _currency_follows(line, at + 1)):
            return at + 1, float(letters[word])
        return end, scale


def _currency_follows(line: Line, at: int) -> bool:
    found = line.grammar.units.at(line.words, at)
    return bool(found and len(found[1].name) == 3) or line.tokens[at].text in line.grammar.codes if at < len(line.tokens) else False


def _unit(line: Line, end: int, number: Number) -> tuple[int, Unit | None]:
    """The unit after a number, with an optional hyphen before it."""
    at = end + 1 if line.word(end) in HYPHENS and line.touches(end) and line.touches(end + 1) else end
    if at >= len(line.tokens):
        return end, None
    code = line.grammar.codes.get(line.tokens[at].text)
    found = (at + 1, code) if code else line.grammar.units.at(line.words, at)
    if found and line.word(found[0])[:1].isdigit() and line.touches(found[0]) and not line.word(at)[0].isalpha() and line.word(at) != "%":
        return end, None  # the sign belongs to the next amount: "$3.5-$4"
    if found and found[1].name == "x" and not _times(line, found[0], number, at):
        return end, None
    if found and line.word(at) == "won" and not _is_currency_won(line, number, end):
        return end, None
    return found or (end, None)


def _is_currency_won(line: Line, number: Number, end: int) -> bool:
    """ "won" is a verb in both languages; as money it follows a scaled or large number."""
    return end > number.end or number.value >= 1000


def _times(line: Line, after: int, number: Number, at: int) -> bool:
    """Whether "times" or "keer" makes a multiple rather than counts occasions; "10x" always does."""
    words = line.grammar.words["multiples"]
    if line.word(at) in ("x", "×"):
        return line.touches(at) or number.digits
    if line.word(at) == "fold":
        return line.touches(at)
    return line.word(after) in words["times_needs"]


def _repeated(line: Line, end: int, unit: Unit) -> int:
    """Step over a currency named again after the number: "$5 billion dollars"."""
    at = end + 1 if line.word(end) in HYPHENS and line.touches(end) else end
    found = line.grammar.units.at(line.words, at)
    again = found and found[1].name == unit.name and line.word(at)[0].isalpha()
    return found[0] if found and again else end


def _with_cents(line: Line, amount: Quantity) -> Quantity:
    """ "3 euro en 50 cent": the cents belong to the amount."""
    if not amount.is_money or amount.scale > 1 or amount.value != int(amount.value):
        return amount
    at = amount.end + (line.word(amount.end) in line.grammar.words["ranges"]["and"])
    number = read_number(line.tokens, at, line.grammar) if at < len(line.tokens) else None
    found = line.grammar.units.at(line.words, number.end) if number else None
    if number and found and found[1].factor == 0.01 and number.value < 100:
        return replace(amount, end=found[0], value=amount.value + number.value / 100)
    spoken = number and line.word(amount.end - 1)[:1].isalpha() and line.word(number.end) in ("", ".", ",", "!", "?", ";")
    if number and spoken and 10 <= number.value < 100 and number.value == int(number.value):  # "15 dollars 50"
        return replace(amount, end=number.end, value=amount.value + number.value / 100)
    return amount
