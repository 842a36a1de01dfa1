"""Our own gold stays above its pinned floors, step by step and language by language."""

from __future__ import annotations

import json

import pytest

from archiver.languages import codes
from tests.gold import FOLDER, figures, languages

FLOORS: dict[str, dict[str, float]] = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))["gold"]


@pytest.mark.parametrize("language", languages())
def test_no_figure_falls_below_its_floor(language: str) -> None:
    shares, wrong = figures(FOLDER / f"{language}.txt", language)
    below = {step: shares.get(step, 0.0) for step, floor in FLOORS[language].items() if shares.get(step, 0.0) < floor}
    assert not below, "\n".join(wrong)


def test_every_language_has_floors() -> None:
    assert set(languages()) == set(codes()) == set(FLOORS)
