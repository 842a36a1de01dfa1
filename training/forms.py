"""The written forms of verbs, for the lists of a language pack: `python -m training.forms fr annoncer rappeler dire`.

A pack holds every form and nothing is inflected at run time; this says what the forms of a regular verb are in English,
French, Spanish, Italian and Portuguese, as far as the third person needs them: infinitive, present, past, future,
conditional, participles. Verbs with a changing stem and irregular ones are in `irregular.toml`; its last table has
what a pack holds beside: words that are no form of an infinitive in the list.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

_VOWELS = "aeiou"
# English verbs of more than one syllable that are stressed on the last one, so that it doubles its consonant.
_END_STRESSED = (
    "abet admit aver begin commit concur confer deadpan defer demur extol infer permit prefer rebel rebut recap refer "
    "regret submit"
)

_TABLE = tomllib.loads(Path(__file__).with_name("irregular.toml").read_text(encoding="utf-8"))
IRREGULAR: dict[str, dict[str, str]] = {language: _TABLE[language] for language in ("en", "es", "fr", "it", "pt")}
BESIDE: dict[str, str] = _TABLE["beside"]
_CHANGING: dict[str, dict[str, str]] = _TABLE["changing"]


def forms(language: str, verb: str) -> list[str]:
    """The forms of a verb, its infinitive first."""
    told = IRREGULAR[language].get(verb)
    if told and language != "en":
        return [verb, *told.split()]
    stems = [stem for stem in _CHANGING.get(language, {}).get(verb, "").split(":") if stem]
    return list(dict.fromkeys([verb, *_MAKERS[language](verb, stems)]))


def _english(verb: str, _stems: list[str]) -> list[str]:
    third = verb + ("es" if re.search("(s|x|z|ch|sh|o)$", verb) and verb != "echo" else "s")
    if verb == "echo":
        third = "echoes"
    stem, past = verb, verb + "ed"
    if re.search(f"[^{_VOWELS}]y$", verb):
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    elif verb.endswith("ie"):
        stem, past = verb[:-2] + "y", verb + "d"
    elif verb.endswith(("ee", "oe", "ye")):
        past = verb + "d"
    elif verb.endswith("e"):
        stem, past = verb[:-1], verb + "d"
    elif _doubles(verb):
        stem = verb + verb[-1]
        past = stem + "ed"
        third = stem + "es" if verb.endswith("z") else third
    elif verb.endswith("c"):
        stem, past = verb + "k", verb + "ked"
    told = IRREGULAR["en"].get(verb)
    return [third, *([past] if told is None else told.split()), stem + "ing"]


def _doubles(verb: str) -> bool:
    """Whether the last consonant is doubled: one vowel and one consonant at the end of a stressed syllable."""
    if not re.search(f"[^{_VOWELS}][{_VOWELS}][^{_VOWELS}wxy]$|^[{_VOWELS}][^{_VOWELS}wxy]$|qui[^{_VOWELS}wxy]$", verb):
        return False
    return len(re.findall(f"[{_VOWELS}y]+", verb.replace("qu", "q"))) == 1 or verb in _END_STRESSED.split()


def _french(verb: str, stems: list[str]) -> list[str]:
    stem = verb[:-2]
    if verb.endswith("ir"):
        ends = "it issent issait issaient irent ira iront irait iraient issant i ie is ies"
        return [stem + end for end in ends.split()]
    if verb.endswith("re"):
        ends = " ent ait aient it irent ra ront rait raient ant u ue us ues"
        return [stem + end for end in ends.split(" ")]
    soft = {"c": stem[:-1] + "ç", "g": stem + "e"}.get(stem[-1], stem)  # before a
    mute = stems[0] if stems else _mute_stem(stem)  # before a silent e
    future = stem if "é" in stem[-3:] and not stems else mute
    past = ("a", "ait", "aient", "ant")
    return [
        mute + "e", mute + "ent", *(soft + end for end in past), stem + "èrent",
        *(future + end for end in ("era", "eront", "erait", "eraient")),
        *(stem + end for end in ("é", "ée", "és", "ées")),
    ]  # fmt: skip


def _mute_stem(stem: str) -> str:
    """The stem before a silent e: «lèv», «répèt», «nettoi»; verbs in -eler and -eter that double are given."""
    if stem.endswith(("oy", "uy")):
        return stem[:-1] + "i"
    return re.sub(r"[eé]((?:[^aeiouyéèê]|qu|gu|gn|ch)+)$", r"è\1", stem) if re.search(
        r"(é(?:[^aeiouyéèê]|gu|qu|ch|gn|[bcdfgpt][rl])|e[dlmnpsv])$", stem
    ) and not re.search("(ll|ss|nn|ff|rr|tt)$", stem) else stem  # fmt: skip


def _spanish(verb: str, stems: list[str]) -> list[str]:
    stem, kind = verb[:-2], verb[-2]
    present = stems[0] if stems else stem
    past = stems[1] if len(stems) > 1 else stem
    future = [verb + end for end in ("á", "án", "ía", "ían")]
    if kind == "a":
        return [
            present + "a", present + "an", *(stem + end for end in ("aba", "aban", "ó", "aron")), *future,
            *(stem + end for end in ("ando", "ado", "ada", "ados", "adas")),
        ]  # fmt: skip
    io = ["ó", "eron", "endo"] if past.endswith("ñ") else ["ió", "ieron", "iendo"]
    return [
        present + "e", present + "en", stem + "ía", stem + "ían", *(past + end for end in io), *future,
        *(stem + end for end in ("ido", "ida", "idos", "idas")),
    ]  # fmt: skip


def _italian(verb: str, stems: list[str]) -> list[str]:
    stem, kind = verb[:-3], verb[-3]
    if kind == "a":
        future = {"c": stem + "h", "g": stem + "h"}.get(stem[-1], stem)
        if stem.endswith(("ci", "gi", "sci")):
            future = stem[:-1]
        return [
            *(stem + end for end in ("a", "ano", "ava", "avano", "ò", "arono")),
            *(future + end for end in ("erà", "eranno", "erebbe", "erebbero")),
            *(stem + end for end in ("ando", "ato", "ata", "ati", "ate")),
        ]  # fmt: skip
    if kind == "e":
        ends = "e ono eva evano ette ettero erà eranno erebbe erebbero endo uto uta uti ute"
        return [stem + end for end in ends.split()]
    present = [stem + "e", stem + "ono"] if stems else [stem + "isce", stem + "iscono"]
    ends = "iva ivano ì irono irà iranno irebbe irebbero endo ito ita iti ite"
    return [*present, *(stem + end for end in ends.split())]


def _portuguese(verb: str, stems: list[str]) -> list[str]:
    stem, kind = verb[:-2], verb[-2]
    present = stems[0] if stems else stem
    future = [verb + end for end in ("á", "ão", "ia", "iam")]
    if kind == "a":
        ends = "ava avam ou aram ando ado ada ados adas"
        return [present + "a", present + "am", *(stem + end for end in ends.split()), *future]
    past = ["eu", "eram", "endo"] if kind == "e" else ["iu", "iram", "indo"]
    others = ["ia", "iam", *past, "ido", "ida", "idos", "idas"]
    return [present + "e", present + "em", *(stem + end for end in others), *future]


_MAKERS: dict[str, Callable[[str, list[str]], list[str]]] = {
    "en": _english, "fr": _french, "es": _spanish, "it": _italian, "pt": _portuguese,
}  # fmt: skip


if __name__ == "__main__":
    for each in sys.argv[2:]:
        print(" ".join(forms(sys.argv[1], each)))
