"""Files in the shape of EDGAR's companyconcept, with invented amounts, for a company that does not exist."""

import json
from datetime import date, timedelta
from typing import Any

from crawler.filers import Concept, Filer

PPE, ASSETS = "PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets"
FILER = Filer(ticker="EXMP", name="Example Corp.", cik=99, concept=[Concept(tag=PPE)])
PATH = "/data.sec.gov/api/xbrl/companyconcept/CIK0000000099/us-gaap/{tag}.json"


def entry(start: str, end: str, millions: float, filed: str, form: str = "", **more: Any) -> dict[str, Any]:
    """An entry; without `form` it is a 10-K for a year and a 10-Q for less, filed under a number made of its day."""
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days
    usual = {
        "start": start, "end": end, "val": round(millions * 1e6),
        "accn": f"0000000099-{filed[2:4]}-{filed[5:7]}{filed[8:]}00",
        "fy": int(filed[:4]), "fp": "Q3", "form": form or ("10-K" if days > 350 else "10-Q"), "filed": filed,
    }  # fmt: skip
    return usual | more


def file(*entries: dict[str, Any], tag: str = PPE, cik: int = 99, unit: str = "USD") -> bytes:
    """The companyconcept file of these entries."""
    described = {"label": "Payments", "description": "Cash paid.", "entityName": "EXAMPLE CORP"}
    return json.dumps(
        {"cik": cik, "taxonomy": "us-gaap", "tag": tag, **described, "units": {unit: [*entries]}}
    ).encode()


def year(of: int, quarters: tuple[float, float, float, float], filed: int | None = None) -> list[dict[str, Any]]:
    """A calendar year of running totals, as most companies file them, in its own year or as comparatives in `filed`."""
    ends = (date(of, 3, 31), date(of, 6, 30), date(of, 9, 30), date(of, 12, 31))
    later = (filed or of) - of
    return [
        entry(f"{of}-01-01", f"{end}", sum(quarters[: n + 1]), f"{_moved(end + timedelta(days=30), later)}")
        for n, end in enumerate(ends)
    ]


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years)
