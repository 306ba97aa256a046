"""What the OpenAPI document promises is what the server does, for whatever it is asked."""

import httpx
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from api.app import create_app
from api.settings import Settings

OPERATIONS = {
    "listArticles", "listArticlesCsv", "getArticle", "getStance", "getStanceCsv", "listChanges", "listChangesCsv",
    "getStanceCapex", "getStanceCapexCsv", "getCapex", "getCapexCsv", "listFigures", "listFiguresCsv", "listClaims",
    "listClaimsCsv", "getClaim", "getGuidance", "getGuidanceCsv", "listIndicators",
    "listIndicatorsCsv", "getIndicator", "getIndicatorCsv", "getIndicatorParquet", "getIndicatorSdmx",
    "listSources", "listSourcesCsv", "analyse",
    "getHealth",
}  # fmt: skip

# days in the wrong order, a company or cursor that is not known, and a document without text fit the schema
REFUSED = {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "422"]}}}


contract = schemathesis.openapi.from_dict(
    create_app(Settings()).openapi(), config=SchemathesisConfig.from_dict(REFUSED)
)


@contract.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_its_promise(case: schemathesis.Case, server: str) -> None:
    case.call_and_validate(base_url=server)


def test_operations_keep_their_names(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert sorted(names) == sorted(OPERATIONS)
