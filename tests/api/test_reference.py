import re

import httpx

from api.routes.reference import type_of


def test_the_page_names_every_operation_parameter_and_schema(client: httpx.Client) -> None:
    document, page = client.get("/openapi.json").json(), client.get("/docs").text
    for path, operations in document["paths"].items():
        assert path in page
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
            assert all(f"<code>{parameter['name']}</code>" in page for parameter in operation.get("parameters", []))
    assert all(f'id="{name}"' in page for name in document["components"]["schemas"])


def test_it_asks_nothing_of_others_and_runs_nothing(client: httpx.Client) -> None:
    page = client.get("/docs").text
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', page) == ["/docs/page.css", "data:,", "/openapi.json", "/"]
    assert "<script" not in page
    assert "style=" not in page
    assert client.get("/docs/page.css").headers["content-type"].startswith("text/css")


def test_links_lead_somewhere(client: httpx.Client) -> None:
    page = client.get("/docs").text
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(re.findall(r'id="([^"]*)"', page))


def test_types_are_said_in_words() -> None:
    assert type_of({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}) == "string (date) or null"
    assert type_of({"type": "array", "items": {"$ref": "#/components/schemas/Bar"}}) == "list of Bar"
    assert type_of({"enum": ["nl", "en"]}) == "nl | en"
    assert type_of({}) == "any"
