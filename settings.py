"""Settings from the environment or `.env`. Secret values are never printed or logged."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SettingsError(Exception):
    """A setting does not read; the message names it, and never its value."""


class Settings(BaseSettings):
    """Every name may be given in upper case in the environment; the environment wins over `.env`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True, frozen=True
    )

    telegram_token: SecretStr | None = None
    """From @BotFather; without it the program talks in the terminal."""

    database: Path = Path("var/khuyencong.db")

    owner_ids: Annotated[tuple[int, ...], NoDecode] = ()
    """Numeric Telegram ids of those who may do everything; parted by commas or blanks."""

    webhook_url: str = ""
    """Public https address; empty means polling."""

    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1"
    port: int = 8443

    watch_port: int = 0
    """Loopback port of `/metrics` and `/health`; 0: none."""

    api_base_url: str = ""
    """Another Bot API server, e.g. a local one; empty means Telegram's."""

    digest_seconds: int = 60
    """Followers are told when nothing was edited for so long."""

    api_timeout: float = 20
    """Seconds to wait for an acknowledgement of the Bot API server."""

    questions_per_minute: int = 20
    """How much one person may ask, after a burst of some; 0: as much as he likes."""

    sends_per_second: int = 30
    """How much the bot sends to all chats; 0 lifts this limit and those for one chat and one group, for tests."""

    standstill_seconds: float = 20
    """The process ends when its event loop stands still for so long."""

    check_links: bool = True
    """Whether the address of a new source is tried before it is saved."""

    today: date | None = None
    """A fixed date in place of the clock, for tests."""

    @field_validator("telegram_token", "webhook_secret", "today", mode="before")
    @classmethod
    def _empty_is_none(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return value.replace(",", " ").split() if isinstance(value, str) else value


def read_settings() -> Settings:
    """The settings of this process. Raises `SettingsError`."""
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(str(problem["loc"][0]).upper() for problem in error.errors(include_input=False))
        raise SettingsError(f"Cài đặt sai: {names}. Hãy sửa trong môi trường hoặc tệp .env.") from None
