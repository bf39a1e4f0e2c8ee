import pytest

from tests.factories import AdminFactory


@pytest.fixture
def admin_user(db):
    """pytest-django's, without the time that hashing a password takes."""
    return AdminFactory()
