"""The dashboard's pages. Each reads the address, asks `models` and renders a template."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.staticfiles import StaticFiles
from sqlmodel import Session

from api.dashboard import article, front
from api.dashboard.choices import FILTERS, FiguresChoice, FrontChoice
from api.dashboard.render import STATIC, PageRoute, page
from api.dashboard.texts import texts
from models import articles, figures, sources
from models.records import Document, Metric, Modality, Theme, Verdict

A_PAGE = 50
MOST_CHARACTERS = 100_000
A_YEAR = 365 * 24 * 3600

router = APIRouter(route_class=PageRoute, include_in_schema=False)


def database(request: Request) -> Iterator[Session]:
    with Session(request.app.state.engine) as session:
        yield session


Database = Annotated[Session, Depends(database)]


class KeptFiles(StaticFiles):
    """Static files whose addresses carry their digest: a browser never needs to ask again."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


router.mount("/static", KeptFiles(directory=STATIC), name="static")


@router.get("/")
def front_page(request: Request, session: Database) -> Response:
    shown = front.front(session, FrontChoice.read(request.query_params))
    return page(
        request,
        "front.html",
        view=shown,
        choice=shown.choice,
        chips=front.chips(shown.choice),
        options=front.options,
        lean=front.lean,
        frequencies=front.FREQUENCIES,
        filter_fields=FILTERS,
        samples=shown.samples,
    )


@router.get("/articles/{number}")
def article_page(request: Request, session: Database, number: int) -> Response:
    detail = articles.detail(session, number)
    if detail is None:
        raise HTTPException(404)
    return page(request, "article.html", view=article.view(detail), article=detail, lean=front.lean, samples=detail.sample)


@router.get("/figures")
def figures_page(request: Request, session: Database) -> Response:
    choice = FiguresChoice.read(request.query_params)
    asked = (choice.metric, choice.org, (), choice.period, choice.verdict, choice.modality)
    found = figures.cited(session, choice.model_copy(update={"org": ()}).filters(), *asked, A_PAGE, choice.cursor)
    return page(
        request,
        "figures.html",
        found=found,
        choice=choice,
        chips=front.chips(choice, tuple(type(choice).model_fields)),
        known={"metric": get_args(Metric), "verdict": get_args(Verdict), "modality": get_args(Modality)},
        samples=any(figure.sample for figure in found.items),
    )


@router.get("/sources")
def sources_page(request: Request, session: Database) -> Response:
    register = sources.register(session)
    return page(request, "sources.html", register=register, samples=any(source.sample for source in register))


@router.get("/method")
def method_page(request: Request) -> Response:
    return page(request, "method.html", themes=get_args(Theme))


@router.get("/analyse")
def analyse_form(request: Request) -> Response:
    return _analyse_page(request)


@router.post("/analyse")
def analyse_text(
    request: Request,
    text: Annotated[str, Form(max_length=MOST_CHARACTERS)] = "",
    title: Annotated[str, Form(max_length=1000)] = "",
    published: Annotated[str, Form(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
) -> Response:
    if request.app.state.analyser is None or not text.strip():
        return _analyse_page(request, text, title, published, missing=not text.strip())
    given = Document(id="text", text=text, title=title or None, published=published or None)
    (analysis,) = request.app.state.analyser.analyse([given])
    return _analyse_page(request, text, title, published, analysis=analysis)
