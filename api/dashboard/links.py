"""Where a source of evidence can be looked up."""

import re

CENTRAL_INDEX_KEY = re.compile(r"CIK(\d{10})")
FILINGS = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={key}&type=10-"


def source_link(source: str | None) -> str | None:
    """The address of a source: itself when it is one, the company's filings at the SEC when it names their key."""
    if source is None or source.startswith("https://"):
        return source
    found = CENTRAL_INDEX_KEY.search(source)
    return FILINGS.format(key=found[1]) if found else None
