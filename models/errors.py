"""Every error that Zeepbel raises on purpose. Each message is a sentence that says what to do.

ZeepbelError
├── InputError         a file, line or text that cannot be read
├── SettingsError      a setting or sources.toml entry that is not valid
├── StoreError         the database cannot be opened, migrated or written
├── FetchError         a page, feed or robots file that could not be had
│   ├── Forbidden      robots, an opt-out or a private address says no
│   └── Unusable       it came, but is too large, not the right kind, or hostile
├── ModelError         weights that are missing or of the wrong kind
└── QueryError         a search, filter or date that is not understood
"""


class ZeepbelError(Exception):
    """Base of the tree; `str(error)` is fit to be shown to a user."""


class InputError(ZeepbelError):
    """A file, line or text that cannot be read."""


class SettingsError(ZeepbelError):
    """A setting or a `sources.toml` entry that is not valid."""


class StoreError(ZeepbelError):
    """The database cannot be opened, migrated or written."""


class FetchError(ZeepbelError):
    """Something could not be fetched; `url` says what, `status` the HTTP status when there was one."""

    def __init__(self, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason, self.status = url, reason, status


class Busy(FetchError):
    """The server asks to come back later (429, 503), after `retry_after` seconds when it said so."""

    def __init__(self, url: str, reason: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(url, reason, status)
        self.retry_after = retry_after


class Forbidden(FetchError):
    """Robots rules, an opt-out or the address itself forbid the fetch."""


class Unusable(FetchError):
    """An answer came that cannot be used: too large, of another kind, or hostile."""


class ModelError(ZeepbelError):
    """Model weights are missing or of the wrong kind."""


class QueryError(ZeepbelError):
    """A search, filter, date or cursor that is not understood; `dutch` says it to a Dutch reader."""

    def __init__(self, message: str, dutch: str) -> None:
        super().__init__(message)
        self.dutch = dutch
