"""The plain records that travel between the floors: a document going in, an analysis coming out.

They are the JSON of `zeepbel analyse` and of the HTTP API. Offsets count Unicode code points, end exclusive.
Absent is null; a list that found nothing is empty.
"""

from datetime import datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_COMPLETION = {4: "-01-01", 7: "-01"}  # what a year or a month lacks to be a day

Stance = Literal["hype", "caution", "neutral"]
Theme = Literal[
    "capex", "financing_debt", "valuation", "energy", "chips", "adoption_demand", "productivity_jobs", "regulation",
    "circular_deals", "historical_parallel", "returns_monetisation", "systemic_risk", "models_progress", "geopolitics",
]  # fmt: skip
Qualifier = Literal["approx", "almost", "over", "under", "at_least", "at_most", "range"]
Direction = Literal["up", "down"]
Role = Literal["from", "to", "by", "level"]
Metric = Literal[
    "capex", "investment", "revenue", "profit", "debt", "valuation", "market_cap", "loan_share", "power", "growth",
    "price_change", "other",
]  # fmt: skip
Modality = Literal["reported", "forecast", "planned", "estimated", "claimed"]
Verdict = Literal["consistent", "inconsistent", "unverifiable"]
Outcome = Literal["met", "above", "below", "consistent", "unverifiable"]
Grade = Literal["reported", "derived", "rounded"]


class Record(BaseModel):
    """Base of all records: unknown fields are an error, so a misspelt name is never silently lost."""

    model_config = ConfigDict(extra="forbid")


class Document(BaseModel):
    """An article to be read: either `text` or `sentences`; the title is scored with it. Other fields are ignored."""

    id: str | int
    text: str | None = None
    sentences: list[str] | None = None
    title: str | None = None
    lang: str | None = Field(None, description="ISO 639-1 code; detected when absent")
    published: str | None = Field(None, description="ISO 8601 year, month, day or time")
    url: str | None = None

    @field_validator("published", mode="before")
    @classmethod
    def _is_a_date(cls, value: Any) -> Any:
        text = str(value).strip() if isinstance(value, (int, str)) and not isinstance(value, bool) else value
        if text in (None, ""):
            return None
        if not (isinstance(text, str) and _is_iso(text)):
            raise ValueError("'published' must be a year, a month, a day or a time, such as 2025-11-01, or null")
        return text

    @model_validator(mode="after")
    def _has_one_body(self) -> Self:
        if (self.text is None) == (self.sentences is None):
            raise ValueError("give either 'text' or 'sentences'")
        if not any(s.strip() for s in self.sentences or [self.text or ""]):
            raise ValueError("there is no text to read")
        return self


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text + _COMPLETION.get(len(text), ""))
    except ValueError:
        return False
    return True


class ExtractedDocument(Document):
    """A document taken from an HTML page: its text is returned with the analysis, for the offsets to point into."""


class Evidence(Record):
    """One thing that a check rests on: a filing's value, or another figure of the text, or a formula."""

    kind: Literal["filing", "figure", "formula"]
    text: str
    value: float | None = None
    unit: str | None = None
    company: str | None = None
    period: str | None = None
    grade: Grade | None = None
    source: str | None = None


class Check(Record):
    """A verdict on a figure, with one plain sentence in the language of the article and what it rests on."""

    kind: Literal["arithmetic", "reported"]
    verdict: Verdict
    explanation: str
    evidence: list[Evidence] = []


class Later(Record):
    """What filings that came after the publication say about a figure, once they decide anything."""

    known: str = Field(description="day of the filing that completed the answer, ISO 8601")
    outcome: Outcome = Field(description="of a plan or forecast met, above or below; else consistent; or unverifiable")
    actual: float = Field(description="what was filed, US dollars")
    explanation: dict[str, str] = Field(description="one plain sentence by language of the reader, nl and en")
    evidence: list[Evidence] = []


class Figure(Record):
    """A quantity that the text states, as docs/codebook.md defines it."""

    text: str
    start: int
    end: int
    sentence: int = Field(description="index of the given sentence that the offsets are in; 0 when a text was given")
    value: float
    value_to: float | None = None
    unit: str | None = Field(None, description="ISO 4217, percent, percentage_point, basis_point, x, W or count")
    noun: str | None = None
    qualifier: Qualifier | None = None
    direction: Direction | None = None
    period: str | None = Field(None, description="as SDMX and EDTF: 2025, 2025-Q3, 2025-06, 2013/2025, ../2030")
    role: Role = "level"
    metric: Metric = "other"
    subjects: list[str] = []
    modality: Modality = "reported"
    attribution: str | None = None
    denied: bool = False
    checks: list[Check] = []


class SentenceScore(Record):
    """A sentence and the probabilities of its stance, which sum to 1; null in a language that is not scored."""

    text: str
    start: int
    end: int
    stance: Stance | None = None
    p_hype: float | None = None
    p_caution: float | None = None
    p_neutral: float | None = None


class ModelInfo(Record):
    """What made the scores."""

    name: str
    version: str
    device: str


class Analysis(Record):
    """What Zeepbel reads in a document. `text` is returned when the input was HTML."""

    id: str | int
    lang: str | None
    relevant: bool | None = None
    relevance: float | None = None
    net_stance: float | None = Field(None, description="-1 all caution, +1 all hype")
    intensity: float | None = Field(None, description="share of sentences that lean")
    themes: list[Theme] = []
    orgs: list[str] = []
    title: SentenceScore | None = Field(None, description="the title, which weighs most; null where none was scored")
    sentences: list[SentenceScore] = []
    figures: list[Figure] = []
    model: ModelInfo | None = None
    text: str | None = None


class CapexFact(Record):
    """Cash purchases of property and equipment of one company in one quarter, from a filing. Value in US dollars."""

    ticker: str
    company: str
    quarter: str = Field(description="calendar quarter that holds the middle of the fiscal quarter: 2025-Q3")
    start: str
    end: str
    value: float
    concept: str
    form: str
    grade: Grade
    filed: str | None = Field(None, description="date of the filing, null where not known")
    source: str
    note: str | None = None
