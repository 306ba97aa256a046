"""The pages as a browser without script gets them, over the newsroom of `tests.builders`."""

import re
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from lxml import html
from lxml.html import HtmlElement

from models.database import open_database
from tests.api.conftest import serving
from tests.api.test_analyse_route import TEXT
from tests.databases import database_url

CLAIM = "/claims/alphabet-amazon-meta-microsoft-capex-2025-q3-100bn-usd"
PAGES = [
    "/", "/?freq=month&lang=nl&theme=energy", "/?panel=fixed", "/changes?freq=quarter", "/figures", "/claims",
    "/claims?sort=spread", CLAIM, "/sources", "/analyse", "/method",
]  # fmt: skip


def read(client: httpx.Client, path: str, lang: str = "en", status: int = 200) -> HtmlElement:
    answer = client.get(path, headers={"Accept-Language": lang, "Accept": "text/html"})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    return html.document_fromstring(answer.text)


def words(element: HtmlElement, xpath: str = ".") -> str:
    return " ".join(" ".join(part.text_content().split()) for part in element.xpath(xpath))


def article_of(client: httpx.Client, query: str) -> str:
    found = client.get("/v1/articles", params={"q": query}).json()["data"]
    return f"/articles/{found[0]['id']}"


@pytest.fixture
def articles(client: httpx.Client) -> list[str]:
    return [article_of(client, "county"), article_of(client, "wrong"), article_of(client, "kredietmarkt")]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole(client: httpx.Client, path: str, lang: str) -> None:
    page = read(client, path, lang)
    assert page.get("lang") == lang
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main")) == 1
    assert not page.xpath("//*[@style] | //style | //script[not(@src)] | //*[starts-with(name(@*), 'on')]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_elsewhere(client: httpx.Client, path: str) -> None:
    page = read(client, path)
    loaded = page.xpath("//link/@href | //script/@src | //img/@src")
    assert loaded
    for address in loaded:
        assert address.startswith("/static/")
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_every_link_of_every_page_leads_somewhere(client: httpx.Client, articles: list[str]) -> None:
    pages = [*PAGES, *articles]
    links = {(path, link) for path in pages for link in read(client, path).xpath("//a/@href")}
    inside = {urljoin(path, link) for path, link in links if not re.match(r"https?:|data:|#", link)}
    assert any(link.startswith("/v1/") for link in inside)
    for link in sorted(inside):
        assert client.get(link).status_code == 200, link


def test_the_front_page_says_the_mood_in_a_sentence(client: httpx.Client) -> None:
    point = client.get("/v1/stance?freq=quarter").json()["data"][-1]
    said = words(read(client, "/"), "//p[@class='mood']")
    assert said.startswith("In Q4 2025 ")
    assert f"{point['articles']} articles of {point['sources']} outlets" in said
    assert f"{abs(point['net_stance']):.2f}" in said
    assert "In K4 2025 " in words(read(client, "/", "nl"), "//p[@class='mood']")


def test_chart_and_table_tell_the_same_periods(client: httpx.Client) -> None:
    page = read(client, "/")
    rows = page.xpath("//tr[starts-with(@id, 'stance-') or starts-with(@id, 'capex-')]/@id")
    for name in ("wide", "narrow"):
        assert page.xpath(f"//*[contains(@class, 'chart-{name}')]//*[@data-row]/@data-row") == rows


def test_a_filter_changes_chart_and_list_alike(client: httpx.Client) -> None:
    both, dutch = read(client, "/"), read(client, "/?lang=nl")
    assert words(both, "//tr[@id='stance-2025-Q3']") != words(dutch, "//tr[@id='stance-2025-Q3']")
    outlets = set(dutch.xpath("//span[@class='outlet']/text()"))
    assert outlets <= {"Dagblad Noord", "De Polder", "Beurspost"}
    assert words(dutch, "//a[@class='chip']") == "Language Dutch – remove this filter"


def test_a_chip_takes_its_own_filter_off(client: httpx.Client) -> None:
    page = read(client, "/?lang=nl&theme=energy&theme=capex")
    removals = page.xpath("//a[@class='chip']/@href")
    assert removals == ["?theme=energy&theme=capex", "?lang=nl&theme=capex", "?lang=nl&theme=energy"]


def test_nothing_found_and_too_few_are_different(client: httpx.Client) -> None:
    nothing = read(client, "/?q=olifantenparade")
    few = read(client, "/?source=Beurspost")
    assert "No article matches" in words(nothing, "//section[@class='empty']")
    assert not nothing.xpath("//*[@data-chart]")
    assert "too few" in words(few, "//p[@class='notice']")
    assert few.xpath("//*[contains(@class, 'chart-wide')]//rect[@class='gap']")


def test_an_empty_database_says_how_to_begin(tmp_path: Path) -> None:
    open_database(database_url(tmp_path)).dispose()
    with serving(tmp_path) as address, httpx.Client(base_url=address) as client:
        assert "zeepbel demo" in words(read(client, "/"), "//section[@class='empty']")
        assert "sources.toml" in words(read(client, "/sources"), "//section[@class='empty']")
        assert "zeepbel demo" in words(read(client, "/figures"), "//section[@class='empty']")


def test_pages_follow_each_other_without_loss(client: httpx.Client) -> None:
    seen: list[str] = []
    path = "/?sort=oldest"
    while path:
        page = read(client, path)
        seen += page.xpath("//h3/a/@href")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
        path = path and f"/{path}"
    assert len(seen) == len(set(seen)) == client.get("/v1/articles").json()["meta"]["total"]


def test_an_article_is_quoted_and_the_rest_are_bars(client: httpx.Client) -> None:
    page = read(client, article_of(client, "Kwartaalbericht"))
    said, bars = page.xpath("//span[starts-with(@class, 'said')]"), page.xpath("//span[starts-with(@class, 'bar ')]")
    strip = page.xpath("//figure[@class='ribbon']//rect")
    assert 1 <= len(said) <= 5
    assert len(said) + len(bars) == len(strip)
    assert not page.xpath("//aside[@class='sample-note']")


def test_a_sample_article_is_whole_and_its_planted_claim_marked(client: httpx.Client) -> None:
    page = read(client, article_of(client, "wrong"))
    assert not page.xpath("//span[starts-with(@class, 'bar ')]")
    assert page.xpath("//aside[@class='sample-note']")
    mark = page.xpath("//a[contains(@class, 'figure-mark')]")
    assert words(page, "//a[contains(@class, 'figure-mark')]") == "300 billion dollars"
    row = page.xpath(f"//tr[@id='{mark[0].get('href')[1:]}']")[0]
    assert "false on purpose" in words(row)
    assert "does not hold" in words(row)


def test_what_is_not_whole_says_why(client: httpx.Client) -> None:
    partial = read(client, article_of(client, "kredietmarkt"))
    opted_out = read(client, article_of(client, "mining"))
    assert "paywall" in words(partial, "//p[@class='notice']")
    assert "tdm-reservation: 1 in the header" in words(opted_out, "//p[@class='notice']")
    assert not opted_out.xpath("//figure[@class='ribbon']")


def test_a_title_in_another_language_says_so(client: httpx.Client) -> None:
    path = article_of(client, "Kwartaalbericht")
    assert read(client, path, "en").xpath("//h1/@lang") == ["nl"]
    assert read(client, path, "nl").xpath("//h1/@lang") == []


def test_figures_are_filtered_and_lead_to_their_articles(client: httpx.Client) -> None:
    page = read(client, "/figures?verdict=inconsistent")
    (claim,) = page.xpath("//li[@class='claim']")
    assert "300 billion dollars" in words(claim, ".//mark")
    link = claim.xpath(".//p[@class='teaser-meta']/a/@href")[0]
    assert page.xpath("//a[@class='chip']")
    assert read(client, link).xpath(f"//tr[@id='{link.partition('#')[2]}']")
    assert "No figure matches" in words(read(client, "/figures?metric=debt"))


def test_sources_show_their_state(client: httpx.Client) -> None:
    row = words(read(client, "/sources", "nl"), "//tr[th/a='Grid Weekly']")
    assert "goed" in row
    assert "1 met voorbehoud, 1 onbruikbaar, 1 afgewezen" in row


def test_a_text_is_analysed_as_the_api_does(client: httpx.Client) -> None:
    form = {"text": TEXT, "title": "", "published": "2025-11-01"}
    page = html.document_fromstring(client.post("/analyse", data=form).text)
    marked = page.xpath("//div[@class='sentences']//span[starts-with(@class, 'said')]/@class")
    assert marked == ["said said-caution", "said said-neutral", "said said-hype"]
    assert "19,4 miljard dollar" in words(page, "//u[@class='figure-mark']")
    assert "19,4 miljard dollar" in words(page, "//table")
    assert words(page, "//textarea") == TEXT
    told = page.xpath("//div[@class='check']/p")
    assert told[0].text_content().endswith("was $19.4 billion; “19,4 miljard dollar” holds.")
    assert told[0].get("lang") is None


@pytest.mark.parametrize("form", [{}, {"text": "   "}])
def test_an_empty_text_is_asked_for_again(client: httpx.Client, form: dict[str, str]) -> None:
    answer = client.post("/analyse", data=form)
    assert answer.status_code == 200
    assert "Paste a text first" in answer.text


@pytest.mark.parametrize("form", [{"text": "a" * 100_001}, {"text": "a", "published": "yesterday"}])
def test_a_form_that_cannot_be_read_gets_a_page(client: httpx.Client, form: dict[str, str]) -> None:
    answer = client.post("/analyse", data=form)
    assert answer.status_code == 422
    assert "<h1>" in answer.text


def test_without_a_model_the_page_says_so(home: Path) -> None:
    with serving(home) as address, httpx.Client(base_url=address) as client:
        assert "No model is loaded" in client.get("/analyse").text
        assert "No model is loaded" in client.post("/analyse", data={"text": TEXT}).text
        assert "No model is loaded" in client.get("/method").text


@pytest.mark.parametrize(
    ("path", "status", "nl", "en"),
    [
        ("/articles/999999", 404, "Deze pagina bestaat niet", "This page does not exist"),
        ("/nothing", 404, "Deze pagina bestaat niet", "This page does not exist"),
        ("/articles/x", 422, "Dit adres is niet te begrijpen", "This address is not understood"),
        ("/?from=gisteren", 422, "Dit adres is niet te begrijpen", "This address is not understood"),
        ("/?cursor=x", 422, "Dit adres is niet te begrijpen", "This address is not understood"),
        ("/?company=Philips", 200, "", ""),
        ("/figures?verdict=maybe", 422, "Dit adres is niet te begrijpen", "This address is not understood"),
    ],
)
def test_errors_are_pages_in_the_readers_language(
    client: httpx.Client, path: str, status: int, nl: str, en: str
) -> None:
    assert nl in words(read(client, path, "nl", status), "//h1")
    assert en in words(read(client, path, "en", status), "//h1")


def test_a_language_that_was_chosen_is_remembered(server: str) -> None:
    with httpx.Client(base_url=server, headers={"Accept-Language": "en"}) as client:
        assert 'lang="nl"' in client.get("/?hl=nl&theme=capex").text
        again = html.document_fromstring(client.get("/sources").text)
        assert again.get("lang") == "nl"
        switch = read(client, "/?theme=capex&q=a+b").xpath("//nav[@class='languages']/a/@href")
        assert switch == ["?theme=capex&q=a+b&hl=nl", "?theme=capex&q=a+b&hl=en"]


def test_text_from_outside_is_never_markup(client: httpx.Client) -> None:
    attack = '"><script>alert(1)</script>'
    page = client.get("/", params={"q": attack, "source": attack})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_companies_are_chosen_and_an_incomplete_quarter_is_told(client: httpx.Client) -> None:
    page = read(client, "/?company=AMZN&company=NVDA")
    legend = words(page, "//ul[@class='legend']/li")
    assert "Amazon" in legend
    assert "Meta" not in legend
    assert words(page, "//tr[@id='capex-2025-Q3']/td[1]") == "35.1"


def test_the_ledger_leads_to_a_claim_and_back_to_its_articles(client: httpx.Client) -> None:
    ledger = read(client, "/claims?sort=spread")
    assert words(ledger, "//h2[@id='claims-heading']") == "2 claims"
    assert ledger.xpath("//p[@class='claim-name']/a/@href")[0] == CLAIM
    claim = read(client, CLAIM)
    assert words(claim, "//h1") == "Alphabet, Amazon, Meta and Microsoft: capital spending, Q3 2025"
    assert len(claim.xpath("//*[starts-with(@class, 'sighting ')]")) == 12
    assert len(claim.xpath("//li[@class='claim']")) == 12
    assert "bijna 100 miljard dollar" in words(claim, "//ol[contains(@class, 'versions')]")
    assert "Filed for Q3 2025: US$97.3B" in words(claim, "//figcaption")
    assert f"{CLAIM}, read on" in words(claim, "//p[@id='citation']")


def test_a_planted_claim_is_marked_in_the_ledger(client: httpx.Client) -> None:
    ledger = read(client, "/claims?verdict=inconsistent", "nl")
    assert words(ledger, "//h2[@id='claims-heading']") == "1 bewering"
    assert "opzettelijk onjuist" in words(ledger, "//li[@class='claim']")


def test_an_unknown_claim_is_a_page_that_says_so(client: httpx.Client) -> None:
    assert words(read(client, "/claims/nobody-capex", status=404), "//h1")
    assert client.get("/v1/claims/nobody-capex").status_code == 404
