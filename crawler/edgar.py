"""Reported capital expenditure from SEC EDGAR: the companyconcept files of a company, read into facts."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from crawler.filers import Concept, Filer
from crawler.official import Official
from crawler.quarters import Amount, Quarter, quarters
from models.errors import Unusable
from models.periods import name_of, start_of
from models.records import CapexFact

ADDRESS = "https://data.sec.gov/api/xbrl/companyconcept/CIK{cik:010d}/us-gaap/{tag}.json"
REPORTS = ("10-Q", "10-K")  # and their amendments; an 8-K that recasts a year does not recast its running totals


class Stated(BaseModel):
    """An entry of a companyconcept file. `fy`, `fp` and `frame` are left aside: they do not tell the period."""

    start: date | None = None
    end: date
    val: Annotated[float, Field(allow_inf_nan=False)]
    accn: Annotated[str, Field(pattern=r"^\d{10}-\d{2}-\d{6}$")]
    form: str
    filed: date


class ConceptFile(BaseModel):
    """A companyconcept file: what one company ever filed under one concept."""

    cik: int
    tag: str
    units: dict[str, list[Stated]]


def fetch(filer: Filer, official: Official) -> list[CapexFact]:
    """Every vintage of every quarter that the company has filed; empty when it files under none of its concepts.

    Raises `FetchError` or `Unusable` when any of the files could not be had or read: half a line is none.
    """
    amounts: list[Amount] = []
    for concept in filer.concept:
        url = ADDRESS.format(cik=filer.cik, tag=concept.tag)
        body = official.get(url)
        if body is not None:
            amounts += read(body, filer, concept, url)
    return facts(filer, amounts)


def read(body: bytes, filer: Filer, concept: Concept, url: str) -> list[Amount]:
    """The amounts in US dollars of a companyconcept file that belong to the company's line. Raises `Unusable`."""
    try:
        file = ConceptFile.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Unusable(url, f"it is not a companyconcept file that can be read ({where} {first['msg']})") from error
    if (file.cik, file.tag) != (filer.cik, concept.tag):
        raise Unusable(url, f"it is about {file.tag} of company {file.cik}, which was not asked for")
    return [
        Amount(fact.start, fact.end, fact.val, fact.filed, fact.accn, fact.form, concept.tag)
        for fact in file.units.get("USD", [])
        if fact.start and concept.since <= fact.start < fact.end <= concept.until and fact.form.startswith(REPORTS)
    ]


def facts(filer: Filer, amounts: Iterable[Amount]) -> list[CapexFact]:
    """The amounts of a company's line as facts, every vintage of every quarter."""
    notes = {concept.tag: concept.note for concept in filer.concept}
    return [_fact(filer, quarter, notes[quarter.tag]) for quarter in quarters(amounts)]


def _fact(filer: Filer, quarter: Quarter, note: str | None) -> CapexFact:
    middle = quarter.start + (quarter.end - quarter.start) / 2
    return CapexFact(
        ticker=filer.ticker,
        company=filer.name,
        quarter=name_of(start_of(middle, "quarter"), "quarter"),
        start=quarter.start.isoformat(),
        end=quarter.end.isoformat(),
        value=quarter.value,
        concept=quarter.tag,
        form=quarter.form,
        grade=quarter.grade,
        filed=quarter.filed.isoformat(),
        source=f"{filer.source}, filing {quarter.filing}",
        note=note,
    )
