"""The datasets that can be taken out, each under the filters that the API has for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from api import meaning
from api import parameters as asked
from models import capex, figures, ledger, modes, sentences, series, sources, stance_capex, told, vintages
from models.answers import ArticleHit, CapexPoint, CitedFigure, SourceState, StanceCapexPoint, StancePoint
from models.claim_answers import ClaimHit, Guidance
from models.indicator_answers import IndicatorEntry, IndicatorPoint
from models.indicators import CAPEX_METHOD, catalogue
from models.methods import LEAD_LAG_METHOD, STANCE_METHOD
from models.records import Record
from models.sentences import ScoredSentence
from models.told import StoryHit


class Name(StrEnum):
    articles = "articles"
    sentences = "sentences"
    stories = "stories"
    figures = "figures"
    claims = "claims"
    guidance = "guidance"
    stance = "stance"
    capex = "capex"
    stance_capex = "stance-capex"
    sources = "sources"
    indicators = "indicators"
    vintages = "vintages"
    catalogue = "catalogue"


@dataclass(frozen=True)
class Dataset:
    """`rows` are made from a session and what was asked: a `question`, checked as the API checks it."""

    record: type[Record]
    question: type[asked.Reader]
    rows: Callable[[Session, Any], Iterable[Record]]
    key: tuple[str, ...] = ("id",)
    method: str | None = None

    def filters(self) -> set[str]:
        """The names of the filters that it takes."""
        return {field.alias or name for name, field in self.question.model_fields.items()} - {"hl"}


def _articles(session: Session, question: asked.ArticlesTable) -> Iterable[Record]:
    return modes.every(session, question.filters(), meaning.asked(question.q, question.mode), question.sort)


def _sentences(session: Session, question: asked.Selection) -> Iterable[Record]:
    return sentences.every_sentence(session, question.filters())


def _stories(session: Session, question: asked.Selection) -> Iterable[Record]:
    return told.every_story(session, question.filters())


def _figures(session: Session, question: asked.FiguresTable) -> Iterable[Record]:
    return figures.every_figure(session, question.filters(), question.wanted())


def _claims(session: Session, question: asked.ClaimsTable) -> Iterable[Record]:
    return ledger.every_claim(session, question.filters(), question.wanted(), question.sort)


def _guidance(session: Session, question: asked.GuidanceQuestion) -> Iterable[Record]:
    return ledger.guidance(session, question.by)


def _stance(session: Session, question: asked.SeriesQuestion) -> Iterable[Record]:
    return series.stance_series(
        session, question.filters(), question.freq, model=question.model, panel=question.panel
    ).points


def _capex(session: Session, question: asked.CapexQuestion) -> Iterable[Record]:
    question.checked()
    return capex.reported(session, question.company, question.since, question.until)


def _stance_capex(session: Session, question: asked.StanceCapexQuestion) -> Iterable[Record]:
    return stance_capex.stance_capex(session, question.filters(), question.company).points


def _sources(session: Session, _question: asked.Reader) -> Iterable[Record]:
    return sources.register(session)


def _indicators(session: Session, question: asked.IndicatorsTable) -> Iterable[Record]:
    question.checked()
    wanted = question.indicator or list(catalogue())
    return vintages.values(session, wanted, question.as_of, question.since, question.until)


def _vintages(session: Session, question: asked.VintagesTable) -> Iterable[Record]:
    return vintages.every_vintage(session, question.indicator or list(catalogue()))


def _catalogue(_session: Session, question: asked.Reader) -> Iterable[Record]:
    return [one.entry(question.hl) for one in catalogue().values()]


DATASETS: dict[Name, Dataset] = {
    Name.articles: Dataset(ArticleHit, asked.ArticlesTable, _articles, method=STANCE_METHOD),
    Name.sentences: Dataset(ScoredSentence, asked.Selection, _sentences, ("article", "number")),
    Name.stories: Dataset(StoryHit, asked.Selection, _stories),
    Name.figures: Dataset(CitedFigure, asked.FiguresTable, _figures),
    Name.claims: Dataset(ClaimHit, asked.ClaimsTable, _claims),
    Name.guidance: Dataset(Guidance, asked.GuidanceQuestion, _guidance, ("name",)),
    Name.stance: Dataset(StancePoint, asked.SeriesQuestion, _stance, ("period",), STANCE_METHOD),
    Name.capex: Dataset(CapexPoint, asked.CapexQuestion, _capex, ("ticker", "quarter"), CAPEX_METHOD),
    Name.stance_capex: Dataset(
        StanceCapexPoint, asked.StanceCapexQuestion, _stance_capex, ("quarter",), LEAD_LAG_METHOD
    ),
    Name.sources: Dataset(SourceState, asked.Reader, _sources, ("name",)),
    Name.indicators: Dataset(IndicatorPoint, asked.IndicatorsTable, _indicators, ("indicator", "start")),
    Name.vintages: Dataset(IndicatorPoint, asked.VintagesTable, _vintages, ("indicator", "start", "since")),
    Name.catalogue: Dataset(IndicatorEntry, asked.Reader, _catalogue),
}
