import pytest

from tests.verification.comparison.stance import tiny


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A model folder with the tiny network, named by STANCE_MODEL."""
    tiny.make(tmp_path)
    monkeypatch.setenv("STANCE_MODEL", str(tmp_path))
    return tmp_path
