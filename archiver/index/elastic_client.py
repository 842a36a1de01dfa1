"""The connection to Elasticsearch: its addresses, certificates and secrets as the settings give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from archiver.config import Config
from archiver.errors import ConfigError

MARGIN = 5.0  # seconds beyond the time limit of a search, for the network


def connect(config: Config) -> Elasticsearch:
    """A client; nothing is connected to before its first use. Raises ConfigError naming the setting."""
    try:
        return Elasticsearch(
            list(config.index),
            request_timeout=max(30.0, config.search_seconds + MARGIN),
            max_retries=2,
            retry_on_timeout=False,
            retry_on_status=(429, 502, 503, 504),
            **_certificates(config),
            **_secrets(config),
        )
    except (ValueError, OSError):
        remedy = "Write addresses with scheme and port, such as http://localhost:9200, and check ONRECORD_INDEX_CA"
        raise ConfigError("cannot connect to the index", where="ONRECORD_INDEX", remedy=remedy) from None


def _certificates(config: Config) -> dict[str, Any]:
    return {} if config.index_ca is None else {"ca_certs": str(config.index_ca)}


def _secrets(config: Config) -> dict[str, Any]:
    key = config.index_api_key or _read(config.index_api_key_file, "ONRECORD_INDEX_API_KEY_FILE")
    if key:
        return {"api_key": key}
    password = config.index_password or _read(config.index_password_file, "ONRECORD_INDEX_PASSWORD_FILE")
    return {"basic_auth": (config.index_user, password)} if config.index_user and password else {}


def _read(path: Path | None, setting: str) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise ConfigError("the file cannot be read", where=setting, remedy="Check its path and permissions") from None
