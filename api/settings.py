"""Every setting of Zeepbel: an environment variable `ZEEPBEL_…`, or a line in `zeepbel.toml` in the home folder."""

import os
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from platformdirs import user_data_dir
from pydantic import ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from models.database import sqlite_url
from models.errors import SettingsError

FILE = "zeepbel.toml"


class Settings(BaseSettings):
    """Arguments win over the environment, the environment over the file, the file over the defaults.

    Raises `SettingsError` on a setting that is unknown or not valid.
    """

    model_config = SettingsConfigDict(env_prefix="ZEEPBEL_", extra="forbid")

    home: Path = Path(user_data_dir("zeepbel", appauthor=False))
    database_url: str = ""
    sources: Path = Path()
    host: str = "127.0.0.1"
    port: int = 8000
    model: str | None = None
    contact: str | None = None
    mirror: str | None = None  # where official sources are copied in one's own network, see docs/capex.md

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
            raise SettingsError(
                f"A setting is not valid ({wrong}). Correct the variable ZEEPBEL_… or the line in {FILE}."
            ) from error
        except (TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{FILE} cannot be read ({error}). Correct it or remove it.") from error

    @field_validator("home", "sources")
    @classmethod
    def _expand(cls, path: Path) -> Path:
        return path.expanduser()

    def model_post_init(self, _context: Any) -> None:
        self.database_url = self.database_url or sqlite_url(self.home / "zeepbel.db")
        self.sources = self.sources if self.sources.name else self.home / "sources.toml"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the signature is pydantic's
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        home = init_settings().get("home") or os.environ.get("ZEEPBEL_HOME") or cls.model_fields["home"].default
        file = Path(home).expanduser() / FILE
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)
