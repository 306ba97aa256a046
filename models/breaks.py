"""Known breaks in reported capex: quarters from which a company's line means something else than before."""

from collections.abc import Collection

from models.answers import CapexBreak

BREAKS = (
    CapexBreak(
        ticker="AMZN",
        quarter="2017-Q1",
        text={
            "en": "Amazon is gross from here on, under the concept PaymentsToAcquireProductiveAssets; before, it is "
            "net of incentives and sale proceeds.",
            "nl": "Amazon is vanaf hier bruto, onder het begrip PaymentsToAcquireProductiveAssets; ervoor zijn premies "
            "en verkoopopbrengsten eraf getrokken.",
        },
    ),
    CapexBreak(
        ticker="META",
        quarter="2023-Q1",
        text={
            "en": "Meta’s four quarters of 2023 were restated net of sale proceeds in filings from 2024 on; the "
            "quarters before are gross.",
            "nl": "De vier kwartalen van 2023 van Meta zijn in stukken vanaf 2024 herzien, met aftrek van "
            "verkoopopbrengsten; de kwartalen ervoor zijn bruto.",
        },
    ),
    CapexBreak(
        ticker="NVDA",
        quarter="2019-Q3",
        text={
            "en": "Nvidia counts intangible assets in from here on, under the concept "
            "PaymentsToAcquireProductiveAssets.",
            "nl": "Nvidia telt vanaf hier immateriële activa mee, onder het begrip PaymentsToAcquireProductiveAssets.",
        },
    ),
)


def breaks_in(places: Collection[tuple[str, str]]) -> list[CapexBreak]:
    """The breaks that lie within what is shown, given as (ticker, quarter): with quarters on both sides of them."""
    return [found for found in BREAKS if _straddled(found, places)]


def _straddled(found: CapexBreak, places: Collection[tuple[str, str]]) -> bool:
    quarters = {quarter for ticker, quarter in places if ticker == found.ticker}
    return any(quarter < found.quarter for quarter in quarters) and any(q >= found.quarter for q in quarters)
