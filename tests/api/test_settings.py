from pathlib import Path

import pytest

from api.settings import Settings
from models.errors import SettingsError


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "SOURCES", "HOST", "PORT", "MODEL", "CONTACT"):
        monkeypatch.delenv(f"ZEEPBEL_{name}", raising=False)
    monkeypatch.setenv("ZEEPBEL_HOME", str(tmp_path))


def test_everything_lives_in_the_home(tmp_path: Path) -> None:
    settings = Settings()
    assert settings.database_url == f"sqlite:///{tmp_path}/zeepbel.db"
    assert settings.sources == tmp_path / "sources.toml"
    assert (settings.host, settings.port, settings.model) == ("127.0.0.1", 8000, None)


def test_arguments_win_over_variables_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zeepbel.toml").write_text('port = 1\nhost = "127.0.0.2"\ncontact = "a@b.example"\n')
    monkeypatch.setenv("ZEEPBEL_PORT", "2")
    settings = Settings(host="127.0.0.3")
    assert (settings.port, settings.host, settings.contact) == (2, "127.0.0.3", "a@b.example")


def test_another_home_has_another_file(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "zeepbel.toml").write_text("port = 9\n")
    assert Settings(home=tmp_path / "other").port == 9


@pytest.mark.parametrize("text", ["port = 'many'\n", "prot = 8000\n", "port = \n", "[port\n", "\x00"])
def test_a_wrong_file_is_explained(tmp_path: Path, text: str) -> None:
    (tmp_path / "zeepbel.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"zeepbel\.toml"):
        Settings()


def test_a_file_that_is_not_text_is_explained(tmp_path: Path) -> None:
    (tmp_path / "zeepbel.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"zeepbel\.toml"):
        Settings()


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEEPBEL_PORT", "many")
    with pytest.raises(SettingsError, match="port"):
        Settings()
