"""Numbers with their scale and unit: "€3,5 mrd", "a hundred-billion-dollar", "10 gigawatt", "min 0,4 procent"."""

from dataclasses import replace

from nlp.figures.counts import patterns
from nlp.figures.grammar import LEADING, Unit
from nlp.figures.numbers import Number, halves_phrases, read_number
from nlp.figures.quantity import MILLION, Line, Quantity

PER_HUNDRED = ("percent", "percentage_point")
PARTED = ("M", "B", "T")  # letters for a scale also with white space before them, after a sign
HUNDREDTH, HUNDRED = 0.01, 100
CODE = 3  # letters of an ISO 4217 code
LARGE = 1000  # from here "won" after a number is money, not a verb


def read_amount(line: Line, start: int) -> Quantity | None:
    """The number with scale and unit that starts at a token, or None."""
    at, negative = _minus(line, start)
    sign = _sign(line, at)
    at, unit = sign or (at, None)
    if sign and not negative:
        at, negative = _minus(line, at)
    number = _number(line, at)
    if number is None or (not sign and _part_of_name(line, start)):
        return None
    end, scale = _scale(line, number, signed=sign is not None)
    end, number = _and_a_half(line, end, number, scale)
    if sign and line.word(at - 1) in LEADING and scale < MILLION:
        return None  # "the euro 3 cents higher"
    end, unit = (_repeated(line, end, unit), unit) if unit else _unit(line, end, number)
    if unit and scale == 1 and line.word(end) in line.grammar.scales and line.tokens[end - 1].text == unit.name:
        end, scale = end + 1, line.grammar.scales[line.word(end)]  # "75 USD million"
    if unit is None and scale == 1 and not number.digits and number.value % 1:
        return None  # "half", "anderhalf" without anything it is half of
    value = exact(number.value * scale * (unit.factor if unit else 1)) * (-1 if negative else 1)
    found = Quantity(start, end, value, unit=unit.name if unit else None, scale=scale, digits=number.digits)
    return _with_cents(line, found)


def exact(value: float) -> float:
    """A product without the noise of binary fractions: 16.4 million is 16400000, not 16399999.999999998."""
    return float(f"{value:.12g}")


def _minus(line: Line, at: int) -> tuple[int, bool]:
    """Step over a minus: "min 0,4", "-3%", "€ -12"; a hyphen that joins two words is none."""
    if line.word(at) in line.grammar.words["numbers"]["minus"]:
        return at + 1, True
    joins = line.touches(at) and (line.word(at - 1)[-1:].isalnum() or line.word(at - 1) == "%")
    follows = line.word(at + 1)[:1].isdigit() or _sign(line, at + 1) is not None
    if line.word(at) in ("-", "−") and not joins and line.touches(at + 1) and follows:
        return at + 1, True
    return at, False


def _sign(line: Line, at: int) -> tuple[int, Unit] | None:
    """A currency sign or code before a number, and the index after it."""
    if at >= len(line.tokens):
        return None
    found = line.grammar.signs.at(line.words, at)
    if found and (found[0] == at + 1 or _written_as_sign(line, at)):
        return found
    code = line.grammar.codes.get(line.tokens[at].text) or _leading(line, at)
    return (at + 1, code) if code else None


def _written_as_sign(line: Line, at: int) -> bool:
    """Letters before a dollar sign are part of it in capitals: "C$400", "US $5", but not "a $48 million contract".

    In a text whose tokens are parted ("c $ 16.4 million") they also are in lower case, where they are no word.
    """
    letters, touches = line.tokens[at].text, line.touches(at + 1)
    if line.word(at + 1).isalpha():
        return letters.isupper()  # "F CFA"
    parted = at + 2 < len(line.tokens) and line.tokens[at + 2].spaced and letters not in ("a", "s", "us")
    return ((touches or letters.isupper()) and len(letters) > 1) or (touches and letters.isupper()) or parted


def _leading(line: Line, at: int) -> Unit | None:
    """The name of a currency right before digits, as in a table or a headline: "euro 3,5 mrd"."""
    code = LEADING.get(line.word(at))
    after_number = line.word(at - 1)[-1:].isdigit() or line.word(at - 1) in line.grammar.scales
    return Unit(code) if code and line.word(at + 1)[:1].isdigit() and not after_number else None


def _number(line: Line, at: int) -> Number | None:
    """A number, or what counts as one before a scale: an article, a half, a share, nothing ("trillion-dollar")."""
    if at >= len(line.tokens):
        return None
    return _article(line, at) or _half(line, at) or _share(line, at) or _none(line, at) or _plain(line, at)


def _plain(line: Line, at: int) -> Number | None:
    number = read_number(line.tokens, at, line.grammar)
    bare_article = number and number.end == at + 1 and line.word(at) in line.grammar.words["numbers"]["articles"]
    return number if number and not (bare_article and number.value != 1) else None


def _article(line: Line, at: int) -> Number | None:
    """ "a billion", "een miljard"; "een half miljard", but of "a half-trillion-dollar plan" the article is no part."""
    if line.word(at) not in line.grammar.words["numbers"]["articles"]:
        return None
    if line.word(at + 1) in line.grammar.scales:
        return Number(at, at + 1, 1.0, digits=False)
    half = None if line.is_hyphen(at + 2) else _half(line, at + 1)
    return half._replace(start=at) if half else None


def _half(line: Line, at: int) -> Number | None:
    """ "half a trillion", "anderhalf miljard", "half-trillion"."""
    words = line.grammar.words["numbers"]
    value, after = words["halves"].get(line.word(at)), at + 1
    while value and (line.word(after) in words["articles"] or line.is_hyphen(after)):
        after += 1
    return Number(at, after, value, digits=False) if value and is_divisible(line, after) else None


def is_divisible(line: Line, at: int) -> bool:
    """What fractions are taken of: a scale ("driekwart miljard") or a percent ("half a percentage point")."""
    unit = line.grammar.units.at(line.words, at)
    return line.word(at) in line.grammar.scales or (unit is not None and unit[1].name in PER_HUNDRED)


def _share(line: Line, at: int) -> Number | None:
    """ "three quarters of a billion", "driekwart miljard", "een kwart miljard": a fraction of a scale."""
    words, articles = line.grammar.words["fractions"], line.grammar.words["numbers"]["articles"]
    written = words["written"].get(line.word(at))
    value, end = (written / HUNDRED, at + 1) if written else _ratio(line, at)
    while end and (line.is_of(end) or line.word(end) in articles or line.over_hyphen(end) > end):
        end += 1
    return Number(at, end, value, digits=False) if value and is_divisible(line, end) else None


def _ratio(line: Line, at: int) -> tuple[float, int]:
    """The value of "three quarters" or "een kwart" and the index after it; zeros where there is none."""
    words = line.grammar.words["fractions"]
    above = read_number(line.tokens, at, line.grammar)
    end = at + 1 if above is None else above.end
    if above is None and line.word(at) not in words["articles"]:
        return 0.0, 0
    end += line.is_hyphen(end)
    below = words["parts"].get(line.word(end))
    value = above.value if above else 1.0
    return (value / below, end + 1) if below and value < below else (0.0, 0)


def _none(line: Line, at: int) -> Number | None:
    """A scale without a number stands for one of it: "a trillion-dollar bill", "geen biljoen dollar"."""
    unit = line.grammar.units.at(line.words, line.over_hyphen(at + 1))
    return Number(at, at, 1.0, digits=False) if unit and line.word(at) in line.grammar.scales else None


def _part_of_name(line: Line, start: int) -> bool:
    """Digits that a hyphen or nothing ties to a word before them: GPT-4.5, H100, F-35."""
    if not line.touches(start) or not line.word(start)[0].isdigit():
        return False
    if line.is_hyphen(start - 1):
        scale = line.word(start - 2) in line.grammar.scales and line.word(start - 3)[-1:].isdigit()  # "3.5bn-4bn"
        return line.touches(start - 1) and line.word(start - 2)[-1:].isalpha() and not scale
    return line.word(start - 1)[-1:].isalpha()


def _scale(line: Line, number: Number, *, signed: bool) -> tuple[int, float]:
    """The index after the scale words that follow a number, hyphens before them or not, and their product."""
    end, scale, scales = number.end, 1.0, line.grammar.scales
    while (word := line.word(line.over_hyphen(end)).rstrip(".")) in scales:
        scale, end = scale * scales[word], line.over_hyphen(end) + 1
        if line.word(end) == "." and line.touches(end) and line.word(end + 1)[:1].islower():
            end += 1  # "3 mln. euro", where the tokeniser parts the point
    letter = line.grammar.words["letters"].get(line.word(end))
    if scale > 1 or letter is None or not number.digits:
        return end, scale
    if not line.touches(end):
        apart = signed and line.tokens[end].text in PARTED and line.word(end + 1) not in ("-", "&", "'")  # "$1.2 T"
        return (end + 1, float(letter)) if apart else (end, scale)
    sure = signed or line.word(end) == "k" or _currency_at(line, end + 1) or _is_counted(line, end + 1)
    return (end + 1, float(letter)) if sure else (end, scale)


def _and_a_half(line: Line, end: int, number: Number, scale: float) -> tuple[int, Number]:
    """ "a billion and a half": the half is of the scale."""
    half = halves_phrases(line.grammar, "and_a_half").at(line.words, end) if scale > 1 else None
    return (half[0], number._replace(value=number.value + 0.5)) if half else (end, number)


def _is_counted(line: Line, at: int) -> bool:
    """What follows is counted by the million: "1m users", "70b parameters"."""
    return patterns(line.grammar)["common"].fullmatch(line.word(at)) is not None


def _currency_at(line: Line, at: int) -> bool:
    found = line.grammar.units.at(line.words, at)
    code = at < len(line.tokens) and line.tokens[at].text in line.grammar.codes
    return code or (found is not None and len(found[1].name) == CODE)


def _unit(line: Line, end: int, number: Number) -> tuple[int, Unit | None]:
    """The index after the unit that follows a number, with an optional hyphen before it, and the unit."""
    at = line.over_hyphen(end)
    if at >= len(line.tokens):
        return end, None
    code = line.grammar.codes.get(line.tokens[at].text)
    found = (at + 1, code) if code else line.grammar.units.at(line.words, at)
    if found is None or _opens_next(line, at, found[0]):
        return end, None
    if found[1].name == "x" and not _is_multiple(line, found[0], number, at):
        return end, None
    verb = line.word(at) == "won" and end == number.end and number.value < LARGE
    return (end, None) if verb else found


def _opens_next(line: Line, at: int, after: int) -> bool:
    """A currency sign that belongs to the next amount: "$3.5-$4", "US$3 billion-US$4 billion"."""
    sign = line.grammar.signs.at(line.words, at)
    return sign is not None and sign[0] == after and line.touches(after) and line.word(after)[:1].isdigit()


def _is_multiple(line: Line, after: int, number: Number, at: int) -> bool:
    """Whether "times" or "keer" makes a multiple rather than counts occasions; "10x" always does."""
    if line.word(at) in ("x", "×"):
        return number.digits and (line.touches(at) or not line.word(after)[:1].isdigit())  # "3 x 4" is a size
    if line.word(at) == "fold":
        return line.touches(at)
    return line.word(after) in line.grammar.words["multiples"]["times_needs"]


def _repeated(line: Line, end: int, unit: Unit) -> int:
    """Step over a currency named again after the number: "$5 billion dollars"."""
    at = line.over_hyphen(end)
    found = line.grammar.units.at(line.words, at)
    again = found is not None and found[1].name == unit.name and line.word(at)[0].isalpha()
    return found[0] if found and again and not _opens_next(line, at, found[0]) else end


def _with_cents(line: Line, amount: Quantity) -> Quantity:
    """Add the cents of "3 euro en 50 cent" and "15 dollars 50"."""
    if not amount.is_money or amount.scale > 1 or amount.value % 1:
        return amount
    at = amount.end + line.is_and(amount.end)
    number = read_number(line.tokens, at, line.grammar) if at < len(line.tokens) else None
    if number is None or number.value >= HUNDRED or number.value % 1:
        return amount
    found = line.grammar.units.at(line.words, number.end)
    named = found is not None and found[1].factor == HUNDREDTH
    ends = not line.word(number.end)[:1].isalnum() and line.word(number.end) not in ("-", "%")
    spoken = ends and line.word(amount.end - 1)[:1].isalpha() and number.value * 10 >= HUNDRED
    if not named and not spoken:
        return amount
    return replace(amount, end=found[0] if found and named else number.end, value=amount.value + number.value / HUNDRED)
