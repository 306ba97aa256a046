"""Search and one article."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import StreamingResponse

from api import meaning
from api.dependencies import Reading, snapshot_rows
from api.envelope import Answer, ArticlesMeta, Meta
from api.parameters import ArticlesPage, ArticlesTable, Reader
from api.sheets import sheet
from api.texts import DEFINITIONS
from models import articles, modes
from models.answers import ArticleDetail, ArticleHit
from models.methods import STANCE_METHOD

LARGEST_ID = 2**31 - 1

router = APIRouter(tags=["articles"])


@router.get("/v1/articles", operation_id="listArticles", summary="Search articles")
def list_articles(session: Reading, asked: Annotated[ArticlesPage, Query()]) -> Answer[list[ArticleHit], ArticlesMeta]:
    """Articles under the filters, a page at a time; with facets=true what other filters would give."""
    filters, wanted = asked.filters(), meaning.asked(asked.q, asked.mode)
    page = modes.search(session, filters, wanted, asked.sort, asked.limit, asked.cursor)
    within = modes.open_to(filters, wanted)
    meta = ArticlesMeta(
        definition=DEFINITIONS["articles"][asked.hl],
        method=STANCE_METHOD,
        total=page.total,
        total_is_lower_bound=page.total_is_lower_bound,
        next=page.next,
        coverage=dict(articles.counts_by_status(session, within)),
        facets=articles.facets(session, within) if asked.facets else None,
    )
    return Answer(data=page.items, meta=meta)


@router.get("/v1/articles.csv", operation_id="listArticlesCsv", summary="Search articles, as CSV")
def list_articles_csv(request: Request, asked: Annotated[ArticlesTable, Query()]) -> StreamingResponse:
    """All articles under the filters; by meaning and hybrid the 200 best."""
    filters, wanted, sort = asked.filters(), meaning.asked(asked.q, asked.mode), asked.sort
    rows = snapshot_rows(request.app, lambda session: modes.every(session, filters, wanted, sort))
    return sheet("articles", ArticleHit, rows)


@router.get("/v1/articles/{id}", operation_id="getArticle", summary="One article")
def get_article(
    session: Reading,
    article_id: Annotated[int, Path(alias="id", ge=1, le=LARGEST_ID, description="number of the article")],
    asked: Annotated[Reader, Query()],
) -> Answer[ArticleDetail, Meta]:
    """One article with scores, quotations, figures, copies elsewhere and earlier versions."""
    detail = articles.detail(session, article_id)
    if detail is None:
        raise HTTPException(404)
    return Answer(data=detail, meta=Meta(definition=DEFINITIONS["article"][asked.hl], method=STANCE_METHOD))
