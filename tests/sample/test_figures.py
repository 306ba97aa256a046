"""The reported amounts that the sample's notes rest on are those of the bundled filings."""

import re
from collections import defaultdict

from api.demo.newsroom import load_newsroom
from models.capex import bundled

FOUR = ("AMZN", "GOOGL", "META", "MSFT")
TICKERS = {
    "Amazon": "AMZN", "Alphabet": "GOOGL", "Meta": "META", "Microsoft": "MSFT", "Oracle": "ORCL", "CoreWeave": "CRWV",
    "four": "four", "Four companies": "four", "Four": "four",
}  # fmt: skip
CITED = re.compile(rf"\b({'|'.join(TICKERS)}),? (?:calendar )?(20\d\d)(Q[1-4])?:? (\d+\.\d\d)(?:bn)?(?= |\"|$|,|;)")
ROUNDING = 0.0101  # billions: the notes have two decimals, and sums of rounded parts may be one off


def filed() -> dict[str, set[float]]:
    """Reported amounts in billions by `TICKER 2025Q3` and `TICKER 2025`; every vintage of a quarter counts."""
    known: dict[str, set[float]] = defaultdict(set)
    latest: dict[tuple[str, str], float] = {}
    for fact in bundled():
        quarter = fact.quarter.replace("-", "")
        known[f"{fact.ticker} {quarter}"].add(fact.value / 1e9)
        latest[fact.ticker, quarter] = fact.value / 1e9
    for quarter in {quarter for _, quarter in latest}:
        parts = [latest.get((ticker, quarter)) for ticker in FOUR]
        if None not in parts:
            latest["four", quarter] = sum(filter(None, parts))
            known[f"four {quarter}"].add(latest["four", quarter])
    for ticker, quarter in list(latest):
        year = [latest.get((ticker, f"{quarter[:4]}Q{q}")) for q in range(1, 5)]
        if None not in year:
            known[f"{ticker} {quarter[:4]}"].add(sum(filter(None, year)))
    return known


def test_amounts_in_the_notes_are_those_of_the_filings() -> None:
    known, seen, wrong = filed(), 0, []
    for outlet, piece in load_newsroom():
        for fact in piece.facts:
            for name, year, quarter, amount in CITED.findall(fact.note):
                seen += 1
                values = known[f"{TICKERS[name]} {year}{quarter}"]
                if not any(abs(value - float(amount)) <= ROUNDING for value in values):
                    wrong.append((f"{outlet.slug}/{piece.stem}", fact.note, values))
    assert wrong == []
    assert seen > 150
