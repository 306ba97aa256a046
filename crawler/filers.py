"""The companies whose filings are read, and the concepts under which they file capital expenditure."""

from datetime import date
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from crawler.entries import parse


class Concept(BaseModel):
    """A us-gaap concept of a company's line; amounts that start before `since` or end after `until` do not belong."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tag: Annotated[str, Field(pattern="^[A-Za-z]+$")]
    since: date = date.min
    until: date = date.max
    note: str | None = None


class Filer(BaseModel):
    """One `[[filer]]`: a company with its number at the SEC and the concepts that make its line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ticker: Annotated[str, Field(pattern="^[A-Z.]+$")]
    name: Annotated[str, Field(min_length=1)]
    cik: Annotated[int, Field(gt=0, lt=10**10)]
    concept: Annotated[list[Concept], Field(min_length=1)]

    @property
    def source(self) -> str:
        """How the bundled table names where the company's facts come from."""
        return f"SEC companyfacts CIK{self.cik:010d}"


def bundled() -> list[Filer]:
    """The companies that come with Zeepbel."""
    text = files("crawler").joinpath("data/filers.toml").read_text("utf-8")
    return parse(text, "filer", Filer, key="ticker", name="the bundled filers.toml")
