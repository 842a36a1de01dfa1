"""Why a quote is given to a person and a day: the rules of its trail, in words for somebody who must rely on them."""

from __future__ import annotations

from api.pages.strings import entries, maybe, t
from archiver.quotes.trail import Form
from archiver.records import Quote, Step


def why(quote: Quote) -> list[tuple[str, str, str]]:
    """The trail as (what was looked for, sentence, name of the rule)."""
    return [(maybe(f"trail.{step.step}", step.step), explained(step), step.rule) for step in quote.trail]


def explained(step: Step) -> str:
    """One step as a sentence without full stop. A rule without words of its own is named as it is."""
    printed = t("trail.printed", printed=step.printed) if step.printed else ""
    key, place = _keys(step)
    if key not in entries():
        rule = step.rule.replace("-", " ")
        return t("trail.printed_by_rule", printed=printed, rule=rule) if printed else t("trail.by_rule", rule=rule)
    sentence = t(key, printed=printed, place=t(place) if place else "").strip()
    return sentence[:1].upper() + sentence[1:]


def has_words(step: Step) -> bool:
    """Whether the step's rule has words of its own."""
    return _keys(step)[0] in entries()


def _keys(step: Step) -> tuple[str, str | None]:
    """The strings of a step: its sentence, and for words that point at a speaker the place where they are."""
    for form in Form:
        place = f"trail.place_{step.rule.removeprefix(f'{form}-').replace('-', '_')}"
        if step.step == "speakers" and step.rule.startswith(f"{form}-") and place in entries():
            return f"trail.form_{form.replace('-', '_')}", place
    return f"trail.{step.step}_{step.rule.replace('-', '_')}", None
