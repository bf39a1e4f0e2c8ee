"""A client that a generator makes of the OpenAPI document works against a running server."""

from __future__ import annotations

import importlib
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from claims import pipeline
from claims.services.keys import create
from tests.factories import AdminFactory

TEXT = (
    "The harbour of Port Ellery handled 4.2 million tonnes of cargo in 2024. "
    "The airport of Vellmar closed two runways in March 2021. Mara Quist was elected mayor of Port Ellery in 2023."
)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The package that openapi-python-client writes."""
    folder: Path = tmp_path_factory.mktemp("generated")
    document = folder / "schema.yml"
    call_command("spectacular", "--file", str(document))
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    done = subprocess.run(
        [*command, "--path", str(document), "--output-path", str(folder / "twosource_client")],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of descriptions with backslashes in what was generated
        package = importlib.import_module("twosource_client")
    yield package
    sys.path.remove(str(folder))


def _call(name: str, **given: Any) -> Any:
    return importlib.import_module(f"twosource_client.api.{name}").sync_detailed(**given)


def _model(name: str) -> Any:
    return getattr(importlib.import_module("twosource_client.models"), name)


@pytest.mark.django_db(transaction=True)
def test_a_generated_client_submits_watches_pages_reads_and_decides(generated: Any, live_server: Any) -> None:
    _, token = create(
        owner=AdminFactory(username="ada"), name="generated", scopes=["read", "submit", "review"]
    )
    client = generated.AuthenticatedClient(base_url=live_server.url, token=token)

    sent = _model("Incoming")(text=TEXT, source="Harbour Post")
    taken = _call("submissions.submissions_create", client=client, body=sent)
    assert taken.status_code == 202
    with pipeline.in_process():
        pipeline.drain()
    watched = _call("submissions.submissions_retrieve", client=client, id=taken.parsed.id)
    assert watched.parsed.state == "done", watched.parsed

    first = _call("claims.claims_list", client=client, page_size=2)
    assert len(first.parsed.results) == 2
    cursor = first.parsed.next_.partition("cursor=")[2].partition("&")[0].replace("%3D", "=")
    second = _call("claims.claims_list", client=client, page_size=2, cursor=cursor)
    assert not {claim.id for claim in first.parsed.results} & {claim.id for claim in second.parsed.results}

    claim = first.parsed.results[0]
    read = _call("claims.claims_retrieve", client=client, id=claim.id)
    assert (read.parsed.text, len(read.parsed.origins)) == (claim.text, 1)

    verdict = _model("Decision").from_dict({"verdict": "supported", "note": "Its own books say so."})
    tag = read.headers["ETag"]
    given = _call("claims.claims_verdicts_create", client=client, id=claim.id, body=verdict, if_match=tag)
    assert (given.status_code, given.parsed.verdict.reviewer, given.parsed.standing.status) == (
        201,
        "ada",
        "supported",
    )
    stale = _call("claims.claims_verdicts_create", client=client, id=claim.id, body=verdict, if_match=tag)
    assert (stale.status_code, stale.parsed.errors[0].code) == (412, "stale")

    draft = _model("Draft")(text=TEXT)
    checked = _call("check.check_create", client=client, body=draft)
    found = [match for place in checked.parsed.claims for match in place.matches]
    assert claim.id in {match.claim.id for match in found if match.relation == "same"}
