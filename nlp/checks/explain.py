"""A verdict in one plain sentence of the article's language, with numbers as Babel writes them, and its evidence."""

from babel.numbers import format_compact_decimal, format_decimal, get_currency_symbol

from models.records import Check, Evidence, Figure, Verdict
from nlp.checks.windows import Window
from nlp.checks.wording import Wording

_MEASURES = ("percent", "percentage_point", "basis_point", "x")


def arithmetic(
    wording: Wording, verdict: Verdict, template: str, claim: Figure, used: list[Figure], **values: str
) -> Check:
    """A check within the article: the text of the template, filled; evidence are the figures used and the formula."""
    sentence = explain(wording, verdict, template, claim, **values)
    formula = sentence.split(";")[0]
    evidence = [Evidence(kind="figure", text=f.text, value=f.value, unit=f.unit, period=f.period) for f in used] + [
        Evidence(kind="formula", text=formula)
    ]
    return Check(kind="arithmetic", verdict=verdict, explanation=sentence, evidence=evidence)


def explain(
    wording: Wording, verdict: Verdict, template: str, claim: Figure, reason: str | None = None, **values: str
) -> str:
    """The explanation of a verdict on a claim, with the reason (its key in the texts) why nothing is decided."""
    text: str = wording.texts[template]
    holds = wording.texts[verdict] + (f" ({wording.texts[reason]})" if reason else "")
    sentence = text.format(claim=claim.text, holds=holds, **values)
    return sentence[0].upper() + sentence[1:]


def quantity(wording: Wording, value: float, figure: Figure) -> str:
    """A value in the unit of a figure: "€ 3 miljard", "25 medewerkers", "50%"."""
    if figure.unit in _MEASURES:
        return str(wording.texts[figure.unit]).format(number=number(wording, value))
    if figure.unit == "W":
        return power(wording, value)
    if figure.unit == "count":
        return " ".join(filter(None, (number(wording, value), figure.noun)))
    return money(wording, value, figure.unit)


def money(wording: Wording, value: float, currency: str | None, digits: int = 1) -> str:
    """An amount with its scale in words, with so many decimals at most: "$97.3 billion", "€ 3 miljard"."""
    size = format_compact_decimal(value, format_type="long", locale=wording.lang, fraction_digits=digits)
    symbol = get_currency_symbol(currency, "en_US") if currency else ""
    return size if not symbol else symbol + ("" if wording.lang == "en" and not symbol.isalpha() else " ") + size


def power(wording: Wording, watts: float) -> str:
    """Power in the largest unit that leaves at least 1: "20 MW"."""
    for size, name in ((1e12, "TW"), (1e9, "GW"), (1e6, "MW"), (1e3, "kW")):
        if abs(watts) >= size:
            return f"{number(wording, watts / size)} {name}"
    return f"{number(wording, watts)} W"


def change(wording: Wording, ratio: float, claim: Figure) -> str:
    """A ratio as the claim puts it: "+150%" or "2,5 keer zoveel"."""
    if claim.unit == "x":
        return str(wording.texts["x"]).format(number=number(wording, ratio, digits=2))
    percent = (ratio - 1) * 100
    return f"{format_decimal(percent, format='+0.#;-0.#', locale=wording.lang)}%".replace("-", "−")


def number(wording: Wording, value: float, digits: int = 1) -> str:
    """A number with at most so many decimals, more for a small one."""
    size = abs(value)
    places = digits if size >= 1 or size == 0 else digits + 1
    return format_decimal(round(value, places), format="#,##0." + "#" * places, locale=wording.lang)


def listing(wording: Wording, items: list[str]) -> str:
    """Items as a list in words: "1, 2 en 3"."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + wording.texts["and"] + items[-1]


def period(wording: Wording, spent: Window) -> str:
    """A window as an adverb: "in the third quarter of 2025"."""
    texts = wording.texts
    if len(spent.named) > 1 or spent.fiscal:
        return str(texts["in"]).format(period=window(wording, spent))
    year, place = divmod(spent.named[0], 4)
    return str(texts["in_quarter"]).format(ordinal=wording.ordinals[place], year=year)


def window(wording: Wording, spent: Window) -> str:
    """The name of a window of quarters: a quarter, half-year or year, or the first and last quarter of a run."""
    quarters, texts = spent.named, wording.texts
    year, place = divmod(quarters[0], 4)
    kind = "fiscal_name"
    if len(quarters) == 1:
        kind, name = "fiscal_quarter", texts["quarter"].format(part=place + 1, year=year)
    elif len(quarters) == 4 and place == 0:  # noqa: PLR2004
        kind, name = "fiscal_year", texts["year"].format(year=year)
    elif len(quarters) == 2 and place in (0, 2):  # noqa: PLR2004
        name = texts["half"].format(ordinal=wording.ordinals[place // 2], year=year)
    else:
        first, last = (texts["quarter"].format(part=q % 4 + 1, year=q // 4) for q in (quarters[0], quarters[-1]))
        name = texts["run"].format(first=first, last=last)
    return str(texts[kind].format(period=name) if spent.fiscal else name)
