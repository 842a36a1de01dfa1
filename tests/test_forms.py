"""The forms of verbs that `training.forms` makes, and that the packs hold no verb of saying in a form that is none."""

import re
import tomllib
from typing import Any

import pytest

from archiver.languages import FOLDER
from training.forms import BESIDE, forms

INFINITIVES = {"es": ("ar", "er", "ir", "ír"), "fr": ("er", "ir", "re"), "it": ("re",), "pt": ("ar", "er", "ir", "or")}
# Where words are inflected with tools of others: what no form ends in, because an ending was hung onto another one.
IMPOSSIBLE = {
    "ru": r"[ыи][ауы]$|[ыи]ом$|ци$|лвш|рул[аои]?$",
    "uk": r"[ыэъё]|[ії]ом$",
    "pl": r"[aoslr][^aeiou]?[ei][kc](em|ęm)$|niecem$|iy$|łę$|niy$|[aeo]ow|[aw]iją$",
    "cs": r"e[kc](a|ovi|em)$|[oe]lil$|áil|iit$|tt?ovi$(?<!stovi)(?<!tovi)",
}


def pack(language: str) -> dict[str, Any]:
    """The lists of a pack, as they are written."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("language", "verb", "some"),
    [
        ("en", "refer", "refers referred referring"),
        ("en", "shrug", "shrugs shrugged shrugging"),
        ("en", "whisper", "whispers whispered whispering"),
        ("en", "decry", "decries decried decrying"),
        ("en", "agree", "agrees agreed agreeing"),
        ("en", "echo", "echoes echoed echoing"),
        ("en", "quiz", "quizzes quizzed quizzing"),
        ("en", "lie", "lies lied lying"),
        ("en", "say", "says said saying"),
        ("fr", "annoncer", "annonce annonça annonçait annoncèrent annoncé"),
        ("fr", "interroger", "interroge interrogea interrogeait"),
        ("fr", "répéter", "répète répéta répétera répété"),
        ("fr", "lever", "lève levait lèvera"),
        ("fr", "regretter", "regrette regrettera"),
        ("fr", "rappeler", "rappelle rappelait rappellera rappelé"),
        ("fr", "employer", "emploie employait emploiera"),
        ("es", "contar", "cuenta cuentan contó contaba contando"),
        ("es", "pedir", "pide pidió pidieron pedía"),
        ("es", "gruñir", "gruñe gruñó gruñeron"),
        ("it", "spiegare", "spiega spiegò spiegherà spiegato"),
        ("it", "annunciare", "annuncia annuncerà annunciando"),
        ("it", "ribadire", "ribadisce ribadì ribadito"),
        ("it", "avvertire", "avverte avvertì avvertendo"),
        ("pt", "explicar", "explica explicou explicaram explicando"),
        ("pt", "garantir", "garante garantiu garantiram"),
    ],
)
def test_forms_of_a_verb(language: str, verb: str, some: str) -> None:
    """Stems change their spelling and their vowel as the language does it."""
    assert set(some.split()) <= set(forms(language, verb))


def test_english_verbs_have_the_forms_of_their_base() -> None:
    """Where a base and its third person are in a list, its past and its participle are too, as they are written."""
    for key in ("say", "tell", "call"):
        words = set(pack("en")["cues"][key].split())
        for base in words:
            made = forms("en", base)
            if made[1] in words:
                assert set(made) <= words, base


@pytest.mark.parametrize("language", sorted(INFINITIVES))
def test_every_form_belongs_to_an_infinitive(language: str) -> None:
    """The verbs of saying are forms of infinitives in the list, except for those that `irregular.toml` names."""
    words = set(pack(language)["cues"]["say"].split())
    made = {form for word in words if word.endswith(INFINITIVES[language]) for form in forms(language, word)}
    beside = set(BESIDE[language].split())
    phrases = {word for word in words if re.search("[_'’]", word)}
    assert sorted(words - made - beside - phrases) == []
    assert len(words & made) > 1000


@pytest.mark.parametrize("language", sorted(IMPOSSIBLE))
def test_no_ending_hangs_on_an_ending(language: str) -> None:
    """Verbs of saying and nouns for people are no stems with two endings."""
    names = pack(language)["names"]
    words = pack(language)["cues"]["say"] + names["roles"] + names["masculine_roles"] + names["feminine_roles"]
    assert [word for word in words.split() if re.search(IMPOSSIBLE[language], word)] == []
