import pytest

from tests.verification.comparison.stance import tiny


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A model folder with the tiny network, named by STANCE_MODEL."""
    tiny.make(tmp_path)
    monkeypatch.setenv("STANCE_MODEL", str(tmp_path))
    return tmp_path


@pytest.fixture
def relating(tmp_path, monkeypatch):
    """The same, of a network that tells relations, too."""
    tiny.make(tmp_path, relates=True)
    monkeypatch.setenv("STANCE_MODEL", str(tmp_path))
    return tmp_path
