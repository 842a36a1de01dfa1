"""What readers type into the search page, understood where it can be and explained where it cannot.

Nothing is dropped without a word: a parameter that is unknown or cannot be used is named, and the results of the rest
are shown. Addresses, names of languages and ranges the wrong way round are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from marshmallow import Schema, ValidationError, fields

from api.fields import BoundedInt, Day, OneOf, Switch, parameter_errors
from api.pages.strings import code_of, day, language_name, maybe, number, t

Pairs = tuple[tuple[str, str], ...]
PAGE_ONLY = frozenset({"lang", "view", "group", "more"})
"""Parameters of the page itself: they change how results look, not which there are."""
RANGES = ("published", "said", "captured")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """A page's parameters: `pairs` as they are in its address, `params` as the schema loaded them.

    `view` are the page's own parameters; `notices` say what was understood otherwise than typed, or left out.
    """

    pairs: Pairs
    params: dict[str, Any]
    view: dict[str, str]
    notices: tuple[str, ...]

    def value(self, name: str) -> str:
        """The first value of a parameter, empty without one."""
        return next((value for key, value in self.pairs if key == name), "")

    def values(self, name: str) -> list[str]:
        """All values of a parameter."""
        return [value for key, value in self.pairs if key == name]

    def without(self, *dropped: tuple[str, str | None]) -> list[tuple[str, str]]:
        """The pairs without some, and without the cursor, which belongs to them all. None drops every value."""
        gone = {name for name, value in dropped if value is None} | {"cursor"}
        return [pair for pair in self.pairs if pair[0] not in gone and pair not in dropped]


def left_out(given: PageInput, name: str, reason: str, schema: Schema) -> PageInput:
    """The same without a parameter that the archive cannot use, and a notice that says why."""
    value = ", ".join(given.values(name))[:80]
    label = maybe("search.label_" + name.replace(".", "_"), name)
    notice = t("search.left_out_because", name=label, value=value, detail=reason)
    others = page_input([pair for pair in given.pairs if pair[0] != name], schema)
    return replace(others, view=given.view, notices=(*given.notices, notice))


def label_of(name: str, value: str) -> str:
    """A parameter and its value for reading: `language: German`."""
    label = maybe("search.label_" + name.replace(".", "_"), name)
    return f"{label}: {value_label(name, value)}"


def value_label(name: str, value: str) -> str:
    """A value of a parameter for reading."""
    if name == "language":
        return language_name(value)
    if name.endswith((".from", ".to")):
        return day(value)
    return maybe(f"search.value_{name}_{value}", value)


def page_input(given: Iterable[tuple[str, str]], schema: Schema) -> PageInput:
    """Reads the parameters of a page with the schema of the API's operation."""
    known = {field.data_key or name: field for name, field in schema.fields.items()}
    view: dict[str, str] = {}
    notices: list[str] = []
    kept: dict[str, list[str]] = {}
    for name, text in given:
        value = text.strip()
        if name in PAGE_ONLY:
            view[name] = value
        elif name not in known:
            notices.append(t("search.unknown_parameter", name=name[:60]))
        elif value:
            understood, notice = _understood(name, value)
            notices += [notice] if notice else []
            several = isinstance(known[name], fields.List)
            kept[name] = [*kept.get(name, []), understood] if several else [understood]
    notices += _swapped(kept)
    params, refused = _loaded(kept, known, schema)
    for name in refused:
        value, reason = ", ".join(kept.pop(name))[:80], _refusal(known[name])
        label = maybe("search.label_" + name.replace(".", "_"), name)
        notices.append(t("search.left_out", name=label, value=value, detail=reason))
    pairs = tuple((name, value) for name, values in kept.items() for value in dict.fromkeys(values))
    return PageInput(pairs=pairs, params=params, view=view, notices=tuple(notices))


def _understood(name: str, value: str) -> tuple[str, str | None]:
    """A value as it is meant, and a notice where that is not what was typed."""
    if name == "language" and (code := code_of(value)) and code != value:
        return code, t("search.read_as", name=name, value=value[:40], meant=code)
    if name == "site" and (host := _host(value)) and host != value:
        return host, t("search.read_as", name=name, value=value[:80], meant=host)
    if name == "snapshot" and (match := re.search(r"/snapshots/(s[a-z2-7]{20})", value)):
        return match[1], None
    return value, None


def _host(value: str) -> str | None:
    """The host of what may be a whole address, without `www.`."""
    try:
        parts = urlsplit(value if "//" in value else f"//{value}")
        return (parts.hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _swapped(kept: dict[str, list[str]]) -> list[str]:
    """Puts the ends of ranges in order, and says so."""
    notices = []
    for name in RANGES:
        low, high = f"{name}.from", f"{name}.to"
        if low in kept and high in kept and kept[low][0] > kept[high][0]:
            kept[low], kept[high] = kept[high], kept[low]
            notices.append(t("search.swapped", low=kept[low][0], high=kept[high][0]))
    return notices


def _refusal(field: Any) -> str:
    """Why a value of this kind of parameter cannot be used."""
    kind = field.inner if isinstance(field, fields.List) else field
    if isinstance(kind, Day):
        return t("search.refused_day")
    if isinstance(kind, Switch):
        return t("search.refused_switch")
    if isinstance(kind, BoundedInt):
        return t("search.refused_number", low=number(kind.low), high=number(kind.high))
    if isinstance(kind, OneOf):
        return t("search.refused_choice", values=", ".join(each.value for each in kind.enum))
    return t("search.refused_text")


def _loaded(kept: Mapping[str, list[str]], known: Mapping[str, Any], schema: Schema) -> tuple[dict[str, Any], set[str]]:
    """The parameters by the schema, and the names of those that it refuses."""
    plain: dict[str, Any] = {
        name: values if isinstance(known[name], fields.List) else values[0] for name, values in kept.items()
    }
    refused: set[str] = set()
    while True:
        try:
            params: dict[str, Any] = schema.load(plain)
        except ValidationError as error:
            for name, _ in parameter_errors(error.messages_dict):
                refused.add(name)
                plain.pop(name, None)
        else:
            return params, refused
