import pytest
from django.test import Client

from tests.factories import AdminFactory


@pytest.fixture
def admin_user(db):
    """pytest-django's, without the time that hashing a password takes."""
    return AdminFactory()


@pytest.fixture
def desk(client: Client, reviewer) -> Client:
    """Of the ``reviewer`` whom a file makes: signed in."""
    client.force_login(reviewer)
    return client
