"""The work that runs in a worker process: hostile bytes in, plain records as JSON out."""

from pydantic import BaseModel

from crawler.extract import PageRequest, read_page
from crawler.feeds import FeedRequest, read_feed
from crawler.sitemaps import read_sitemap
from models.errors import Unusable


class Outcome(BaseModel):
    """What a worker answers: the record as JSON, or why there is none."""

    record: str | None = None
    error: str | None = None


def perform(job: str, request: str, data: bytes) -> Outcome:
    """Do one job: `page`, `feed` or `sitemap`. Whatever goes wrong becomes a reason, for the input is a stranger's."""
    try:
        return Outcome(record=_read(job, request, data).model_dump_json())
    except Unusable as error:
        return Outcome(error=error.reason)
    except MemoryError:
        return Outcome(error="reading it takes more memory than a page may use")
    except Exception as error:  # noqa: BLE001  a parser's surprise about one page is that page's reason
        return Outcome(error=f"it could not be read ({type(error).__name__}: {str(error)[:200]})")


def _read(job: str, request: str, data: bytes) -> BaseModel:
    if job == "page":
        return read_page(data, PageRequest.model_validate_json(request))
    if job == "sitemap":
        return read_sitemap(data, FeedRequest.model_validate_json(request))
    return read_feed(data, FeedRequest.model_validate_json(request))
