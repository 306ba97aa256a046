"""The application: routes, errors and what every answer passes through, over one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from api.caching import Heads, Validators
from api.dashboard.routes import router as dashboard
from api.dependencies import Analyser, open_for_reading
from api.problems import add_handlers
from api.protection import BodyLimit, LoopbackHost, Protection
from api.routes import (
    analyse,
    articles,
    capex,
    changes,
    claims,
    figures,
    health,
    indicators,
    reference,
    sources,
    stance,
)
from api.schema import describe
from api.settings import Settings

WORTH_ZIPPING = 1000  # bytes


def create_app(settings: Settings, analyser: Analyser | None = None) -> FastAPI:
    """The API and the dashboard. The database opens at start (`StoreError`); without an analyser texts are refused."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = open_for_reading(settings.database_url)
        yield
        app.state.engine.dispose()

    app = FastAPI(title="Zeepbel", version=version("zeepbel"), docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.analyser = analyser
    for part in (articles, stance, changes, capex, figures, claims, indicators, sources, analyse, health, reference):
        app.include_router(part.router)
    app.include_router(dashboard)
    add_handlers(app)
    describe(app)
    _add_layers(app, settings)
    return app


def _add_layers(app: FastAPI, settings: Settings) -> None:
    """From the inside out: the last one added meets a request first."""
    app.add_middleware(Validators)
    app.add_middleware(GZipMiddleware, minimum_size=WORTH_ZIPPING)
    app.add_middleware(Heads)
    app.add_middleware(BodyLimit)
    app.add_middleware(LoopbackHost, host=settings.host)
    app.add_middleware(Protection)
