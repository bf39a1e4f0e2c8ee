from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from claims.models import Feed
from claims.services.feeds import add_feed
from tests import factories as make
from tests.claims.fetching.conftest import Site, site  # noqa: F401 # pytest finds the fixture here

NOW = datetime(2025, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
def clock():
    """The time stands still, until a test shifts it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def local(site: Site, settings) -> Site:  # noqa: F811
    """The test's own web server, which may be asked although it is private."""
    settings.FETCH_PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    return site


@pytest.fixture
def feed(clock, local: Site, db) -> Feed:
    return add_feed(local.url("/feed.xml"), make.SourceFactory(name="Skarn Courier"), actor=None)
