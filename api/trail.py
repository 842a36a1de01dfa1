"""Why a quote is given to a person and a day: the rules of its trail, in words for somebody who must rely on them."""

from __future__ import annotations

from archiver.records import Quote, Step

STEPS = {
    "marks": "The words",
    "indirect": "The reported words",
    "cues": "The reporting words",
    "speakers": "Who is meant",
    "coreference": "The full name",
    "sources": "Whose name it is",
    "polarity": "Whether it was said",
    "dates": "The day",
}

_MARKS = {
    "pair": "are between a pair of quotation marks",
    "interrupted": "are in several pairs of marks, interrupted by the reporter; they are one quote",
    "reopened-paragraph": "run over several paragraphs, each of which opens its marks again",
    "dialogue-dash": "follow a dash, as speech does in this language",
    "closing-mark-missing": "open with a mark that the page never closes; they end with the paragraph",
    "opening-mark-missing": "close with a mark that was never opened on the page",
    "speaker-label": "follow a speaker’s label",
    "set-apart": "are set apart by the page as a quotation or a post, without marks",
}
_CUES = {
    "according-to": "{} names the source of the words",
    "verb-between-parts": "{} is between the parts of the quote",
    "verb-after-speaker": "{} follows the speaker",
    "verb-before-speaker": "{} comes before the speaker",
    "unknown-verb-before-speaker": "{} is where a verb of saying would be; it is not in the word list",
    "verb-between": "{} comes between the speaker and the quote",
    "noun": "{}, a noun of saying, introduces the quote",
    "colon": "a colon connects the speaker and the quote",
    "verb-after-quote": "{} ends the sentence after the quote",
}
_MENTIONS = {
    "name": "{}, a name",
    "noun-phrase": "{}, which describes somebody",
    "pronoun": "{}, a pronoun",
    "relative": "{}, which refers to somebody named before",
}
_PLACES = {
    "of-quote-before": "still speaking: the quote continues the previous one",
    "of-same-words": "named as the speaker where the article repeats the words",
    "in-paragraph-before": "in the paragraph before",
    "after-according-to": "after the words that name a source",
    "after-verb": "right after the reporting verb",
    "before-verb": "right before the reporting verb",
    "in-paragraph": "in the same paragraph",
    "before-quote": "before the quote, in the same sentence",
    "after-quote": "after the quote, in the same sentence",
    "beside-quotation": "named next to the quotation by the page itself",
}
_NAMES = {
    "same-name": "{} is how the article gives this name in full",
    "antecedent": "the words refer back to {}",
    "role": "{} has the role mentioned",
    "salience-outside-marks": "the story last mentioned {} outside quotation marks, and the words fit",
}
_DAYS = {
    "date-printed": "{} is printed next to the reporting words",
    "weekday-before-published": "{} is counted back from the day of publication",
    "word-for-a-day": "{} is counted from the day of publication",
    "days-ago": "{} is counted back from the day of publication",
}
_REPORTED = {
    "that": "the reporting words introduce a clause",
    "clause": "the reporting words introduce a clause without “that”",
    "clause-first": "the clause comes first, the reporting words end the sentence",
    "source-first": "the sentence opens with its source",
    "source-last": "the sentence names its source later",
    "goes-on": "the mood of the verb shows that the previous report continues",
    "hearsay": "a word in the sentence marks it as hearsay",
}
_SOURCES = {
    "speaks-for-another": "the speaker here represents {} and is not named",
    "close-to-somebody": "the speaker here is only described as close to {} and is not named",
    "several-people": "{} are several people",
    "joint-statement": "the words are a joint statement with {}",
    "platform": "{} is where the words were published, not who said them",
    "quoted-by-another": "{} only relays the words",
    "interviewer": "this is a question by an interviewer the article does not name",
    "belongs-to-somebody": "{} belongs to somebody who is named; that is not the speaker",
    "too-unsure-to-name": "{} is the most likely speaker, but not likely enough to be named",
}
_POLARITIES = {
    "verb-negated": "{} negates the reporting verb: the article says that this was not said",
    "negation-before-marks": "{} comes right before the marks: the article says that this was not said",
    "denial": "{} denies the words",
    "condition": "{} makes it a condition: the words are supposed, not reported",
    "unreal-verb": "{} makes it a possibility: according to the article, the words were not said",
    "question": "the article asks whether this was said",
    "doubt": "{} puts in doubt that the words were said",
}
_REPORTING = {
    "that": "{} introduces the reported clause",
    "clause": "{} introduces the reported clause",
    "clause-first": "{} follows the reported clause",
    "source-first": "{} names the source of the sentence",
    "source-last": "{} names the source of the sentence",
    "goes-on": "{} introduces the report that continues here",
    "hearsay": "{} marks the sentence as hearsay",
}
_RULES = {
    "marks": _MARKS, "indirect": _REPORTED, "cues": _CUES | _REPORTING, "coreference": _NAMES, "sources": _SOURCES,
    "polarity": _POLARITIES, "dates": _DAYS,
}  # fmt: skip
_NOBODY = "Nobody near the words could be identified as the speaker; no name is better than a wrong one"


def explained(step: Step) -> str:
    """One step as a sentence without full stop. A rule without words of its own is named as it is."""
    printed = f"“{step.printed}”" if step.printed else ""
    if step.step == "speakers":
        return _speaker(step.rule, printed)
    sentence = _RULES.get(step.step, {}).get(step.rule)
    if sentence is None:
        return f"{printed}, by the rule “{step.rule.replace('-', ' ')}”".removeprefix(", ").strip()
    words = sentence.format(printed) if "{}" in sentence else sentence
    return f"{STEPS[step.step]} {words}" if step.step == "marks" else words[:1].upper() + words[1:]


def why(quote: Quote) -> list[tuple[str, str, str]]:
    """The trail as (what was looked for, sentence, name of the rule)."""
    return [(STEPS.get(step.step, step.step), explained(step), step.rule) for step in quote.trail]


def has_words(step: Step) -> bool:
    """Whether the step's rule has words of its own."""
    if step.step != "speakers" or step.rule == "nobody":
        return step.rule == "nobody" or step.rule in _RULES.get(step.step, {})
    return any(step.rule == f"{kind}-{place}" for kind in _MENTIONS for place in _PLACES)


def _speaker(rule: str, printed: str) -> str:
    if rule == "nobody":
        return _NOBODY
    for kind, words in _MENTIONS.items():
        if rule.startswith(f"{kind}-"):
            place = rule.removeprefix(f"{kind}-")
            return f"{words.format(printed)}, is {_PLACES.get(place, place.replace('-', ' '))}"
    return f"{printed}, by the rule “{rule.replace('-', ' ')}”"
