"""What a claim's page shows: how it travelled, and the reported series that it speaks of."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from api.dashboard.charts.axes import TimeScale
from api.dashboard.charts.capex import CapexPanel, Quarter, capex_panel, quarters
from api.dashboard.charts.travel import BOTTOM, LEFT, RIGHT, TOP, Travel, travel
from api.dashboard.front import short_name
from models import capex
from models.answers import CapexPoint
from models.claim_answers import ClaimDetail
from models.errors import QueryError
from nlp.checks.series import companies
from nlp.checks.windows import readings, span

BEFORE = 6  # quarters of the series shown before those of the claim
_YEAR = 4


@dataclass(frozen=True)
class Reported:
    """Reported capital expenditure around the quarters that a claim is about."""

    panel: CapexPanel
    spoken: set[str]
    companies: dict[str, str]
    filings: list[CapexPoint]
    ambiguous: bool

    @property
    def total(self) -> float | None:
        """What was filed for the quarters of the claim, US dollars; null until all is there.

        Null too where the period may be the company's fiscal one; of several companies it is the calendar's.
        """
        whole = len(self.filings) == len(self.spoken) * len(self.companies) and not self.ambiguous
        return sum(point.value for point in self.filings) if whole else None


@dataclass(frozen=True)
class ClaimView:
    """`travel` is null when no article states the claim any more."""

    travel: Travel | None
    reported: Reported | None


def view(session: Session, detail: ClaimDetail) -> ClaimView:
    """The charts of a claim."""
    reported = _reported(session, detail)
    actual = reported.total if reported and not detail.claim.change and detail.claim.unit == "USD" else None
    return ClaimView(travel(detail.sightings, detail.dates, actual) if detail.sightings else None, reported)


def _reported(session: Session, detail: ClaimDetail) -> Reported | None:
    """The series of a claim about capital expenditure of companies whose filings are known."""
    about = span(detail.claim.period)
    if detail.claim.metric != "capex" or about is None:
        return None
    try:
        tickers = capex.tickers(session, detail.claim.subjects)
    except QueryError:
        return None
    points = capex.reported(session, tickers)
    spoken = {_name(number) for number in about}
    shown = _around(about[0], about[-1])
    firms = [known for ticker in tickers if (known := companies().get(ticker))]
    time = TimeScale(shown[0].start, shown[-1].end, LEFT, RIGHT)
    return Reported(
        capex_panel(points, tickers, time, TOP, BOTTOM),
        spoken,
        {point.ticker: short_name(point.company) for point in points},
        [point for point in points if point.quarter in spoken],
        ambiguous=len(firms) == 1 and len(readings(detail.claim.period, firms)) > 1,
    )


def _around(first: int, last: int) -> list[Quarter]:
    start, end = _quarter(first - BEFORE), _quarter(last + 2)
    return quarters(start.start, end.end)


def _quarter(number: int) -> Quarter:
    month = number % _YEAR * 3 + 1
    day = date(number // _YEAR, month, 1)
    return quarters(day, day)[0]


def _name(number: int) -> str:
    return f"{number // _YEAR}-Q{number % _YEAR + 1}"
