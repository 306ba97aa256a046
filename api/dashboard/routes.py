"""The dashboard's pages. Each reads the address, asks `models` and renders a template."""

from datetime import UTC, datetime
from typing import Annotated, get_args

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.staticfiles import StaticFiles

from api.dashboard import article, claim, front
from api.dashboard.choices import FIGURE_FILTERS, FILTERS, ClaimsChoice, FiguresChoice, FrontChoice, TextForm
from api.dashboard.language import reader_language
from api.dashboard.render import STATIC, PageRoute, page
from api.dependencies import LoadedAnalyser, Reading
from api.parameters import Reader
from api.routes.analyse import analyse
from models import articles, changes, figures, ledger, sources
from models.ledger import GuidanceBy
from models.modes import Mode
from models.records import Metric, Modality, Theme, Verdict
from models.selection import stance_of
from models.stance_capex import DEFAULT_COMPANIES

A_PAGE = 50
A_YEAR = 365 * 24 * 3600
KINDS = {"verdict": Verdict, "metric": Metric, "modality": Modality}

router = APIRouter(route_class=PageRoute, include_in_schema=False)


class KeptFiles(StaticFiles):
    """Static files whose addresses carry their digest: a browser never needs to ask again."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


router.mount("/static", KeptFiles(directory=STATIC), name="static")


@router.get("/")
def front_page(request: Request, session: Reading) -> Response:
    shown = front.front(session, FrontChoice.read(request.query_params), reader_language(request))
    return page(
        request,
        "front.html",
        view=shown,
        choice=shown.choice,
        chips=front.chips(shown.choice),
        options=front.options,
        lean=stance_of,
        frequencies=front.FREQUENCIES,
        filter_fields=FILTERS,
        modes=get_args(Mode),
        default_companies=DEFAULT_COMPANIES,
        samples=shown.samples,
    )


@router.get("/changes")
def changes_page(request: Request, session: Reading) -> Response:
    choice = FrontChoice.read(request.query_params)
    found = changes.changes(session, choice.filters(), choice.freq, reader_language(request), panel=choice.panel)
    return page(
        request,
        "changes.html",
        found=found,
        choice=choice,
        query=front.series_query(choice),
        chips=front.chips(choice),
        frequencies=front.FREQUENCIES,
        samples=any(story.sample for change in found.changes for story in change.stories),
    )


@router.get("/articles/{number}")
def article_page(request: Request, session: Reading, number: int) -> Response:
    detail = articles.detail(session, number)
    if detail is None:
        raise HTTPException(404)
    reading = article.of_article(detail)
    return page(request, "article.html", article=detail, reading=reading, lean=stance_of, samples=detail.sample)


@router.get("/figures")
def figures_page(request: Request, session: Reading) -> Response:
    choice = FiguresChoice.read(request.query_params)
    found = figures.cited(
        session,
        choice.on_articles(),
        metric=choice.metric,
        org=choice.org,
        period=choice.period,
        verdict=choice.verdict,
        modality=choice.modality,
        limit=A_PAGE,
        cursor=choice.cursor,
    )
    return page(
        request,
        "figures.html",
        found=found,
        choice=choice,
        chips=front.chips(choice, FIGURE_FILTERS),
        pickers={name: [(one, None) for one in get_args(kind)] for name, kind in KINDS.items()},
        samples=any(figure.sample for figure in found.items),
    )


@router.get("/claims")
def claims_page(request: Request, session: Reading) -> Response:
    choice = ClaimsChoice.read(request.query_params)
    found = ledger.claims(
        session, choice.on_articles(), choice.on_figures(), choice.sort, limit=A_PAGE, cursor=choice.cursor
    )
    chips = front.chips(choice, FIGURE_FILTERS)
    told = [] if chips or choice.cursor else [(by, ledger.guidance(session, by)) for by in get_args(GuidanceBy)]
    return page(
        request,
        "claims.html",
        found=found,
        choice=choice,
        chips=chips,
        guidance=[(by, rows) for by, rows in told if rows],
        pickers={name: [(one, None) for one in get_args(kind)] for name, kind in KINDS.items()},
        samples=any(claim.sample for claim in found.items),
    )


@router.get("/claims/{name}")
def claim_page(request: Request, session: Reading, name: str) -> Response:
    detail = ledger.claim(session, name)
    if detail is None:
        raise HTTPException(404)
    return page(
        request,
        "claim.html",
        detail=detail,
        charts=claim.view(session, detail),
        url=str(request.url.replace(query="")),
        today=datetime.now(UTC).date(),
        samples=detail.claim.sample,
    )


@router.get("/sources")
def sources_page(request: Request, session: Reading) -> Response:
    register = sources.register(session)
    return page(request, "sources.html", register=register, samples=any(source.sample for source in register))


@router.get("/method")
def method_page(request: Request, analyser: LoadedAnalyser) -> Response:
    return page(request, "method.html", themes=get_args(Theme), model=analyser.model if analyser else None)


@router.get("/analyse")
def analyse_form(request: Request, analyser: LoadedAnalyser) -> Response:
    return page(request, "analyse.html", ready=analyser is not None, form=None, analysis=None)


@router.post("/analyse")
def analyse_text(request: Request, analyser: LoadedAnalyser, form: Annotated[TextForm, Form()]) -> Response:
    if analyser is None or not form.text.strip():
        return page(request, "analyse.html", ready=analyser is not None, form=form, analysis=None)
    lang, document = reader_language(request), form.document()
    analysis = analyse(document, analyser, Reader(hl=lang))
    if analysis.lang != lang:
        analysis = analysis.model_copy(update={"figures": analyser.figures(document, lang)})
    reading = article.of_analysis(analysis, form.text)
    return page(request, "analyse.html", ready=True, form=form, analysis=analysis, reading=reading, lean=stance_of)
