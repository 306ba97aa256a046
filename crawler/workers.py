"""Worker processes that read what strangers wrote: a hang or a crash costs one page, not the crawl.

There is one process more than is used at a time, so that a fresh one is warm when another is replaced. What passes
between them is JSON and bytes, never pickles, so a process that was taken over cannot reach this one.
"""

import contextlib
import multiprocessing
import queue
import signal
import threading
from multiprocessing.connection import Connection
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from crawler.extract import PageContent, PageRequest
from crawler.feeds import Feed, FeedRequest
from crawler.parsing import Outcome, perform
from crawler.sitemaps import Sitemap
from models.errors import Unusable

READ_SECONDS = 20.0
START_SECONDS = 120.0  # a cold start imports the parsers
PAGES_EACH = 500  # parsers leak; a process is replaced after this many
MEMORY_BYTES = 2 * 1024**3
MAX_RESULT = 64 * 1024**2

Result = TypeVar("Result", bound=BaseModel)


def _context() -> multiprocessing.context.BaseContext:
    """Processes that inherit no threads or locks; a fork server makes them quickly where there is one."""
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crawler.parsing"])
    return context


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _serve(connection: Connection) -> None:
    """The life of a worker: read a job, answer it, until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the crawl to handle
    _limit_memory()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        connection.send_bytes(b"ready")
        while True:
            job, request, data = (connection.recv_bytes() for _ in range(3))
            connection.send_bytes(perform(job.decode(), request.decode(), data).model_dump_json().encode())


class Worker:
    """One process and the line to it."""

    def __init__(self, context: multiprocessing.context.BaseContext) -> None:
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]  # BaseContext lacks it in typeshed
        self.process.start()
        theirs.close()
        self.done, self.ready = 0, False

    def ask(self, job: str, request: str, data: bytes, seconds: float) -> bytes | None:
        """The answer, or null when it does not come in time. Raises `EOFError` or `OSError` when the process dies."""
        if not self.ready:
            if not self.line.poll(START_SECONDS):
                raise EOFError
            self.line.recv_bytes(16)
            self.ready = True
        for part in (job.encode(), request.encode(), data):
            self.line.send_bytes(part)
        self.done += 1
        return self.line.recv_bytes(MAX_RESULT) if self.line.poll(seconds) else None

    def stop(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


class Workers:
    """A pool of `size` working processes and a spare; shared by threads. Close it after use."""

    def __init__(self, size: int = 2, seconds: float = READ_SECONDS) -> None:
        self._context, self._seconds = _context(), seconds
        self._guard = threading.Lock()
        self._idle: queue.Queue[Worker] = queue.Queue()
        self._turns = threading.Semaphore(size)
        for _ in range(size + 1):
            self._idle.put(Worker(self._context))

    def page(self, data: bytes, request: PageRequest) -> PageContent:
        """`crawler.extract.read_page` in a worker. Raises `Unusable`."""
        return self._run("page", data, request.url, request, PageContent)

    def feed(self, data: bytes, request: FeedRequest) -> Feed:
        """`crawler.feeds.read_feed` in a worker. Raises `Unusable`."""
        return self._run("feed", data, request.url, request, Feed)

    def sitemap(self, data: bytes, request: FeedRequest) -> Sitemap:
        """`crawler.sitemaps.read_sitemap` in a worker. Raises `Unusable`."""
        return self._run("sitemap", data, request.url, request, Sitemap)

    def close(self) -> None:
        while True:
            try:
                self._idle.get_nowait().stop()
            except queue.Empty:
                return

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, job: str, data: bytes, url: str, request: BaseModel, kind: type[Result]) -> Result:
        with self._turns:
            answer = self._ask(job, data, url, request.model_dump_json())
        try:
            outcome = Outcome.model_validate_json(answer)
            if outcome.record is not None:
                return kind.model_validate_json(outcome.record)
        except ValidationError as error:
            raise Unusable(url, "reading it gave an answer that makes no sense") from error
        raise Unusable(url, outcome.error or "it could not be read")

    def _ask(self, job: str, data: bytes, url: str, request: str) -> bytes:
        worker = self._idle.get()
        fit = False
        try:
            answer = worker.ask(job, request, data, self._seconds)
            fit = answer is not None and worker.done < PAGES_EACH
            if answer is None:
                raise Unusable(url, f"reading it took more than {self._seconds:g} seconds, so it was stopped")
        except (EOFError, OSError) as error:
            raise Unusable(url, "reading it broke the parser; it was stopped and the rest went on") from error
        finally:
            if fit:
                self._idle.put(worker)
            else:
                worker.stop()
                self._idle.put(Worker(self._context))
        return answer
