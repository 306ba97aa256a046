"""`zeepbel search | trend | figures | claims | sources`: the API's answers in a terminal."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.markup import escape

from api.cli.screen import Json, database, out, print_json, print_table
from api.meaning import asked
from models import figures as cited_figures
from models import ledger, modes, series, sources
from models.answers import StancePoint
from models.figures import Wanted
from models.filters import Filters, Panel

Many = Annotated[list[str] | None, typer.Option()]
_DAY = {"formats": ["%Y-%m-%d"], "metavar": "DATE"}
Since = Annotated[datetime | None, typer.Option("--from", help="First day of publication.", **_DAY)]
Until = Annotated[datetime | None, typer.Option("--to", help="Last day of publication.", **_DAY)]
PanelChoice = Annotated[Panel, typer.Option(help="All sources, or only those that are there all the time.")]
Limit = Annotated[int, typer.Option(min=1, max=1000)]


class Frequency(StrEnum):
    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"


class SearchMode(StrEnum):
    words = "words"
    meaning = "meaning"
    hybrid = "hybrid"


class ClaimOrder(StrEnum):
    newest = "newest"
    spread = "spread"


def register(app: typer.Typer) -> None:
    app.command()(search)
    app.command()(trend)
    app.command()(figures)
    app.command()(claims)
    app.command("sources")(source_register)


def filters(
    q: str,
    lang: Many,
    theme: Many,
    org: Many,
    source: Many,
    stance: Many,
    since: datetime | None,
    until: datetime | None,
) -> Filters:
    """The shared filters from the options of a command."""
    return Filters(
        q=q, lang=tuple(lang or ()), theme=tuple(theme or ()), org=tuple(org or ()), source=tuple(source or ()),
        stance=tuple(stance or ()), since=since.date() if since else None, until=until.date() if until else None,
    )  # fmt: skip


def search(
    query: str,
    mode: Annotated[
        SearchMode, typer.Option(help="All words occur; the nearest in meaning, in any language; or both together.")
    ] = SearchMode.hybrid,
    lang: Many = None,
    theme: Many = None,
    org: Many = None,
    source: Many = None,
    stance: Many = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Search the stored articles in both languages."""
    with database() as session:
        wanted = filters(query, lang, theme, org, source, stance, since, until)
        page = modes.search(session, wanted, asked(query, mode.value), "relevance", limit)
    if as_json:
        print_json(page.model_dump(mode="json"))
        return
    rows = [(h.published and h.published.date(), h.lang, h.net_stance, h.source, escape(h.title)) for h in page.items]
    empty = "Nothing found. Use fewer words or fewer filters."
    found = f"The {page.total} best articles" if page.total_is_lower_bound else f"{page.total} articles"
    print_table(found, ("date", "lang", "net stance", "source", "title"), rows, empty)


def trend(
    query: Annotated[str, typer.Argument()] = "",
    freq: Annotated[Frequency, typer.Option()] = Frequency.quarter,
    lang: Many = None,
    theme: Many = None,
    org: Many = None,
    source: Many = None,
    since: Since = None,
    until: Until = None,
    model: Annotated[
        str | None, typer.Option(help="Draw from the scores of this model, name and version, not from the current.")
    ] = None,
    panel: PanelChoice = "open",
    as_json: Json = False,
) -> None:
    """Net stance over time: below 0 caution, above 0 hype."""
    with database() as session:
        wanted = filters(query, lang, theme, org, source, None, since, until)
        answer = series.stance_series(session, wanted, freq.value, model=model, panel=panel)
    if as_json:
        print_json(answer.model_dump(mode="json"))
        return
    rows = [(p.period, p.net_stance, p.lower, p.upper, p.articles, p.sources, _meter(p)) for p in answer.points]
    columns = ("period", "net stance", "lower", "upper", "articles", "sources", "caution · hype")
    print_table("Net stance", columns, rows, "No relevant articles yet. Run zeepbel crawl, then zeepbel analyse.")
    if answer.panel is not None:
        out.print(f"Fixed panel: {', '.join(answer.panel) or 'no source is there all the time'}.", style="dim")
    if answer.points:
        out.print("Empty: fewer than 3 sources or 10 stories. 95% interval over sources.", style="dim")


def _meter(point: StancePoint, half: int = 10) -> str:
    """A bar to the left for caution, to the right for hype."""
    if point.net_stance is None:
        return ""
    length = round(abs(point.net_stance) * half)
    left = ("█" * length if point.net_stance < 0 else "").rjust(half)
    right = ("█" * length if point.net_stance > 0 else "").ljust(half)
    return f"{left}│{right}"


def figures(
    query: Annotated[str, typer.Argument()] = "",
    metric: Many = None,
    org: Many = None,
    verdict: Many = None,
    period: Many = None,
    lang: Many = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Cited figures with their verdicts."""
    with database() as session:
        page = cited_figures.cited(
            session, Filters(q=query, lang=tuple(lang or ())), metric=metric or (), org=org or (),
            verdict=verdict or (), period=period or (), limit=limit,
        )  # fmt: skip
    if as_json:
        print_json(page.model_dump(mode="json"))
        return
    rows: list[tuple[Any, ...]] = [
        (f.published and f.published.date(), escape(f.text), f.metric, ", ".join(f.subjects), f.period, f.verdict,
         f.source + (" (planted)" if f.planted else ""))
        for f in page.items
    ]  # fmt: skip
    columns = ("date", "figure", "metric", "about", "period", "verdict", "source")
    print_table(f"{page.total} figures", columns, rows, "No figures found.")


def claims(
    query: Annotated[str, typer.Argument()] = "",
    metric: Many = None,
    org: Many = None,
    verdict: Many = None,
    period: Many = None,
    modality: Many = None,
    lang: Many = None,
    sort: Annotated[ClaimOrder, typer.Option(help="By first sighting, or by how many outlets carry it.")] = (
        ClaimOrder.newest
    ),
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """The claim ledger: what figures state alike, with first sighting, spread and verdict."""
    wanted = Wanted(*(tuple(values or ()) for values in (metric, org, None, period, verdict, modality)))
    with database() as session:
        page = ledger.claims(session, Filters(q=query, lang=tuple(lang or ())), wanted, sort.value, limit)
    if as_json:
        print_json(page.model_dump(mode="json"))
        return
    rows: list[tuple[Any, ...]] = [
        (c.first_seen.date(), escape(c.text), c.metric, ", ".join(c.subjects), c.period, c.sources, c.articles,
         c.outcome or c.verdict, c.first_source + (" (planted)" if c.planted else ""))
        for c in page.items
    ]  # fmt: skip
    columns = ("first", "as written", "metric", "about", "period", "outlets", "articles", "verdict", "first in")
    print_table(f"{page.total} claims", columns, rows, "No claims found.")


def source_register(as_json: Json = False) -> None:
    """The sources, how their last visits went, and what they contribute."""
    with database() as session:
        states = sources.register(session)
    if as_json:
        print_json([s.model_dump(mode="json") for s in states])
        return
    rows = [
        (s.name, s.lang, s.kind, s.last_success and f"{s.last_success:%Y-%m-%d %H:%M}",
         s.newest_item and s.newest_item.date(), s.whole, s.partial, s.opted_out, s.rejected, s.robots, s.last_error)
        for s in states
    ]  # fmt: skip
    columns = ("source", "lang", "kind", "last success", "newest", "whole", "partial", "opted out", "rejected",
               "robots", "last error")  # fmt: skip
    print_table("Sources", columns, rows, "No sources yet. Run zeepbel crawl, or zeepbel demo for the sample newsroom.")
