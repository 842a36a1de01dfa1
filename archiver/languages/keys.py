"""What the file of a pack may hold: each key with its meaning, the shape of its value, and the check of both.

A pack is `<code>.toml` in this folder (`code` is ISO 639-1). Lists of words are strings, separated by blanks or line
ends, in lower case unless said otherwise, and hold *every form* that is written (say says said saying): nothing is
inflected at run time. In a list of words, `_` stands for a blank inside a phrase: "prime_minister". Lists of phrases
are arrays. Every key but `code` may be left out.

    code, name, stemmer     "en", "English", Snowball's name of the stemmer ("" for none)

    [writing]
    case                    what a capital tells: "names" (English), "nouns" (German: every noun has a capital,
                            so one capital word alone is a name only beside a first name, a title, a role or a reporting
                            verb), "none" (no case: a name is beside a title or role, or before a subject marker)
    spaces                  false where words are not separated (Japanese, Chinese): the words of this pack and changes
                            of script cut the text
    title_case              false where headlines do not give each word a capital, as English ones may
    elisions                words that are written onto the next one by an apostrophe: "l d qu" (French)
    clitics                 what an apostrophe hangs on a word's end: "s" (English), "in ın un ün …" (Turkish)
    abbreviations           words whose full stop ends no sentence, without it: "mr dr"
    finite                  in scripts without case: ends of words that close a clause, so that a quotation is one
    endings                 case endings of names: "owi em a u" (Polish); names are compared without them

    [marks]                 pairs of quotation marks are known for all languages; here is what differs
    dash                    dashes that open a paragraph of speech: "–—" (Norwegian, Spanish, Polish …), "" for none
    inside                  true where the reporter's words are inside the marks: «…, — сказал он. — …» (Russian)

    [layout]                labels of what stands around the prose, before a colon: no speakers
    related                 those that lead to another article: "read_also"
    captions                of pictures, and of who made them: "photo picture"
    facts                   of boxes with facts: "facts timeline"
    bylines                 words before the author: "by text"
    interviews              words by which a headline or an introduction calls a text a talk: "interview"

    [cues]
    say                     verbs of saying, thinking and writing, every form: "say says said saying"
    tell                    the same, whose object is the listener, never the speaker: "told asked"
    call                    verbs that put a few quoted words on something: "called described accused"
    nouns                   nouns of saying: "statement letter claim interview"
    thoughts                nouns for what somebody says or thinks, behind an owner and before a colon: "advice hope"
    works                   nouns for things that have a title, and words for «so-called»: "novel film song"; marks
                            right behind them enclose nobody's words
    before                  phrases that are before the source: ["according to", "in the words of"]; one that is among
                            the prepositions too means it at the beginning of a sentence only: «Pour X, …» (French)
    after                   phrases that are after the source, as postpositions do: ["によると"]
    adding                  those with which whoever spoke goes on, every form: "adds added continued"
    quoting                 verbs whose object said it: "quoted" («X quoted her grandfather: “…”»)
    reading                 verbs of reading aloud: «her lawyer read a statement: “…”» may be hers
    askers                  who puts questions in an interview: "reporter moderator"
    questioning             verbs that only put a question to somebody, no passives: "questioned" («X questioned Y»)
    questioning_with        those that do where a question word follows, and else request: "asked" («X asked Y why»)
    question_words          words with which a reported question begins: "whether why how about"
    listeners               forms of nouns for people that only those have who are told a thing: "журналистам" (Russian)
    platforms               where people publish; never who says it: "facebook telegram truth_social"
    scare                   words for «so-called» before or behind words that are only named so: "so-called dubbed"
    mottoes                 nouns for what bears words of nobody or of a crowd: "banner slogan chant"
    making                  verbs whose object may be the title of a work: "directs" («dirige “Los relojes”»)
    meaning                 verbs that tell what a word means: "means literally" («the name means “white water”»)
    reads                   phrases that say that words can be read somewhere: "se_lee" («en la faja se lee: “…”»)
    publishing              beginnings of verbs of publishing and writing, which tell whose it is: "publish issu"
    stands_in               phrases that lead from words to the document that has them: "staat_in" (Dutch: «…, staat in
                            de brief»), beside those that they can be read in
    voices                  how a clause behind marks begins that names nobody: "se_comenta klonk_het rang_out"
    somebody                subjects whom the article does not name: "someone somebody", "толпа" (Russian: a crowd)
    put_to                  words before marks, in this order, that put a question to whoever is named: "was_asked"
    put_to_behind           the same at the beginning of what is behind marks: "sorusuna" (Turkish: «“…?” sorusuna»)
    others                  words that are somebody without a noun: "another others third many both"
    senders                 prepositions before the author of something written: "from" («a statement from X»)
    quotative               particles between quotation and verb: "と" (Japanese)
    quotative_of_noun       those that lead to a noun instead: "라는" (Korean)
    subject_inside          those verbs of saying that end in their subject: "katanya" (Indonesian: he or she said)
    converbs                ends of verbs of saying behind which another clause follows: "자" («“…”라고 묻자 X는 …»)
    verb_second             true where the verb is second: «Am Montag sagte X: …» (German)
    verb_final              true where the verb closes the sentence: X は «…» と述べた, X, «…» dedi

    [polarity]              words that tell that the words in marks were not said
    denials                 verbs and nouns that deny or take back: "denied denies retracted"
    hypotheticals           words that open a condition, a wish or what is still to come: "if would will hopes"
    disputes                words that leave it open, or call it forged or misread: "allegedly misquoted hoax"
    rejections              verbs that deny what is claimed, beside one of the next: "rejected dismissed"
    claims                  nouns for what somebody is claimed to have said: "claim report suggestion"
    likening                what leads to a name for something: "as" («dismissed the reports as “nonsense”»)
    stating                 verbs of plain saying, every form: "dijo dice" (Spanish); with them alone a negation before
                            a colon or within reported speech denies the words, not with «no se queja: “…”»
    short_of                verbs between a negation and one of saying that leave it negated: "llegó" («no llegó a
                            decir “…”», Spanish)
    ascribing               verbs of ascribing words to somebody: "przypisał" (Polish: «the words that a paper …»)
    just_said               words for what was just said: "tego to" (Polish: «X nigdy tego nie powiedział»)
    retractions             phrases that take back what was just said, where it is one: "予以否认" (Chinese)
    uttering                forms of verbs of plain saying: with these alone a sentence takes back what was just said,
                            where the words for that are common ones: "sagt" (Swedish: «Det har hon aldrig sagt»)
    refusals                verbs of not doing a thing, before the verb of saying refused: "declined" («declined
                            to say “…”»)
    hearing                 forms of "to hear": what nobody heard somebody say was not said
    promises                verbs of a promise or a plan, before the verb of saying promised: "obiecuje" (Polish)
    conditional             verbs of saying that are conditional or still to come: "mondaná" (Hungarian), "dirá"
    conditional_endings     ends of such verbs behind an infinitive: "ía ían" (Spanish); with an r of their own, which
                            no other verb ends in, behind anything: "rebbe" (Italian)

    [words]                 the small words; they shape the sentence, nothing else
    determiners possessives prepositions conjunctions that relatives auxiliaries
    definite                those determiners that point at somebody known: "the this"
    masculine_determiners, feminine_determiners    those that tell the gender of the one meant: "el este" · "la esta"
    definite_endings        ends of nouns that are articles: "en et n" (Danish: «ministeren»)
    several                 those determiners followed by several people, whom no single name means: "these many"
    articles                false where a noun needs no determiner: a role alone may mean somebody already named
    subject                 particles after the subject: "は が" (Japanese)
    genitive                particles behind an owner, as «'s» is: "の" (Japanese)
    cases                   other particles that are written onto a word: "에서 에게 을 를" (Korean)
    passive                 auxiliaries of the passive: "was were been" (English), "wurde wurden" (German)
    passive_past            those of the past where they tell that somebody did so: "wurde" («wurde als “…” kritisiert»)
    participles             ends of the verbs behind them: "ed told" (English), "t ochen" (German)
    adverbs                 ends of words that may open a sentence, no names: "ly" («Unusually Holm laughed»)
    agent_endings           ends of words that may be a role before a name in full: "er ist" («Swimmer Orla Holm»)
    plural_verbs            ends of verbs of saying of which several are the subject: "n" (Spanish: dicen); where the
                            verb is second, they tell «sagten sie» (they) from «sagte sie» (she)
    agents                  prepositions before the one who acts in a passive: "by" (English), "von durch" (German)
    source_prepositions     those that name a source before a noun of saying: "nach" («nach Angaben der Polizei»)
    anybody                 the subject that is nobody in particular: "man"
    away                    prepositions before whoever does not speak: "gegen über" («gegen X richtet sich “…”»)
    told_to                 prepositions before whom a thing is told, which make no noun another's: "to" («said the
                            striker to AP»)
    when                    prepositions that only tell when: "after during" («said the striker after the match»)
    of                      prepositions that lead to whose something is: "of" («the author of the report»)
    gestures                nouns for how or where somebody speaks, that are no cues: "smile tears conference"
    viewpoints              prepositions before whoever sees it so: "für" («für X ist der Plan ein „Witz“»)
    source_nouns            those nouns, or the ends of compounds: "angaben bericht ansicht"
    as_said                 words that open «wie die Polizei mitteilte»: "wie"
    hearsay                 words that mark a sentence as somebody's: "demnach angeblich"
    infinitive              what leads to an infinitive: "zu"
    referring               words that mean the sentence before: "das dies" («Das teilte die Polizei mit.»)
    oblique                 determiners of nouns that are no subject: "dem den einem" (German); one that is a pronoun or
                            an auxiliary too leads to an owner: «εκπρόσωπος του X» (Greek)
    oblique_of_hers         determiners that are oblique before a feminine noun alone: "der einer" (German)
    feminine_noun_endings   ends of feminine nouns, beside those of roles: "ung heit keit" (German)
    genitive_endings        ends of the nouns behind the latter, where that alone tells: "ului ilor" (Romanian)
    oblique_endings         ends of nouns that are no subject: "ban ben nak nek" (Hungarian)
    impersonal              verbs of saying whose neutral pronoun is nobody: "heißt" («in dem Brief heißt es: …»)
    existential             those that say nothing beside it: "gibt" («es gibt noch Karten»)
    dropped                 true where a verb usually has no subject pronoun: «Dijo: …» (Spanish)
    masculine_past, feminine_past                  ends of verbs that tell their subject's gender: "л", "ла" (Russian)
    reported_mood           verb forms that mark the words of another: "sei habe werde" (German)
    mood_endings, indicative_endings               ends of all such verbs, and of those that tell nothing: "e ei" · "te"
    negations               words that turn a statement round: "not never no", in scripts without spaces signs; a
                            beginning of words has a hyphen: "ne-" (Czech)
    numerals                number words: "two ten million half"
    first_person            words by which a quotation speaks of its own speaker: "i we my our"
    function                any further word that is neither a name, a noun nor a verb of saying (adverbs and so on)

    [pronouns]              third persons, by gender and number, as the subject of a verb ...
    masculine feminine neutral plural first     a phrase among them is a source: "по_его_словам" (Russian); one that
                            is among both genders tells none: "hän" (Finnish)
    masculine_other feminine_other              ... their other forms that tell a gender: "his him himself" (English)
    object                  ... and forms that cannot be the subject: "him her them his their"; with a gender where they
                            are above too («podle ní»)

    [names]
    masculine_titles, feminine_titles, titles      "mr sir" · "mrs ms" · "dr prof": before a name, no part of it
    after                   the same after the name: "さん 氏 大統領"; those that are roles are among the roles too
    masculine_roles, feminine_roles, roles         nouns for a person: "spokesman" · "actress" · "senator minister"
    masculine_role_endings, feminine_role_endings, role_endings     ends of such nouns: "minister sprecher" (German)
    article_genders         the gender of what an article as a subject is of: "der=m die=f" (German); bodies have one
    declined_roles          stems of roles that are declined as adjectives: "abgeordnet" (German) ...
    declined                ... and what an article and the end tell of them: "der-e=m die-e=f" («der Abgeordnete»)
    unnamed                 roles of people whom a text seldom names: "source witness spokesman"; «the source» means
                            somebody named only if he has that role
    representatives         roles and kin that may speak for another, who is not the speaker: «a spokesman for X», «X's
                            lawyer», «the family of X»; those that are no kin are among the roles too
    owned                   forms of those that follow whom they belong to: "szóvivője" (Hungarian: «X szóvivője»)
    close                   phrases between such a source and the person: ["close to", "on behalf of"]
    kin                     relatives: "brother widow"; «her brother» is not she
    adults                  kin that without an owner is anybody: "mann frau" (German: «der junge Mann»)
    with_articles           true where a person's name has an article: «Ο Μανώλης Καραβίτης» (Greek)
    former                  words for what somebody is no more: "former ex predecessor" («the former mayor» is not
                            the mayor)
    personal_articles       articles that names alone have, elsewhere prepositions: "en" (Catalan)
    households              nouns for all of them: "family" («the family's lawyer, X,» is X)
    offices                 what completes a role: "finance agriculture"; «minister rolnictwa X» (Polish) names X
    bodies, body_endings    nouns for a body that speaks: "ministry police court company campaign"
    bodies_again            nouns that with an article mean the body just told of: "company agency"
    bodies_of               those of which a country, a leader or a place has one: «the Norland army» names one
    proper_bodies           those that are names by themselves: "bundesregierung" (German), "外務省" (Japanese)
    body_complements        ends of words in small letters that complete the name of a body before its verb: "ого ой"
                            (Russian: «Министерство лесного хозяйства края сообщило»)
    body_owners             ends of places before such a noun: "n" (Finnish: «Lounais-Suomen poliisi»)
    connectors              words inside the name of a body: "of for and the"
    particles               small words inside a name: "van von de la bin al"
    suffixes                "jr sr ii iii"
    patronymics             ends of names after a father: "ович овна" (Russian: «Анна Петровна» may be Анна Котова)
    masculine, feminine     common first names that tell the gender (only clear ones); those of many countries are in
                            `names/first.toml` for every language that writes names alone with a capital
    epicene                 first names that men and women have; listed here only where a word of the language is
                            written alike: "jan" (English)
    plural_endings          what makes several of a role that is among the roles too: "s" (English)
    masculine_endings, feminine_endings            ends of first names or surnames that tell it, where they do
    masculine_nominatives, feminine_nominatives    case endings of surnames and what the name ends with as a subject:
                            "skiego=ski y=a a=" (Polish: «Gajdy» is «Gajda»); the longest that fits is taken
    surnames                family names of one sign or two, for scripts without case and blanks
    joined_honorifics       signs for "Mr" that may be written onto a name without a blank: "씨"
    trade_signs             signs with which nouns for trades end there, right before a name: "员师"
    not_given               signs that are in no given name and begin verbs: "带确赶" («导演吴月带来了…»)
    foreign_signs           signs by which foreign names are written in scripts without case and blanks
    not_names               words with a capital that are no names: "monday christmas english"; in scripts without case
                            ends of words that are none: "県 社"
    aliases                 words before a name that is not somebody's own: "pseudonym identified" («asked to use the
                            pseudonym X», «identified only as X»)
    alone                   nouns and pronouns of nobody with a name that are subjects without an article: "management
                            evidence everyone" («Management said …»); their ends in `alone_endings`: "tion ship"

    [dates]
    order                   the order of a date in figures: "dmy", "mdy", "ymd"
    months, weekdays        twelve and seven strings, each with all forms and abbreviations: ["january jan", …]
    relative                { yesterday = -1, today = 0 }: words that name a day counted from the publication day
    past, coming            words before or after a weekday: "last past" · "next coming"
    ago                     phrases with {n} for the number of days: ["{n} days ago"]
    periods                 nouns for a time, which are nobody: "day evening" («that evening»)
    numbers                 { two = 2, three = 3 }
    told                    ends of verbs by which a story is told in the past: "ed said went"
    year_signs, month_signs, day_signs             "年" "月" "日", where dates are written so

A new language is this one file and a gold file, `tests/gold/<code>.txt`. Where the subject pronoun is usually left out
(Italian, Polish, Japanese …) nothing is needed: a verb of saying without a subject continues with the speaker before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archiver.errors import LanguageError

KEYS = {
    "": "code name stemmer",
    "writing": "case spaces title_case elisions clitics abbreviations finite endings",
    "marks": "dash inside",
    "layout": "related captions facts bylines interviews",
    "cues": "say tell adding call nouns thoughts works scare mottoes making meaning reads publishing stands_in voices "
    "somebody others put_to "
    "put_to_behind quoting reading askers listeners platforms senders questioning questioning_with question_words "
    "before after quotative quotative_of_noun subject_inside converbs verb_second verb_final",
    "polarity": "denials hypotheticals disputes rejections claims likening stating short_of refusals hearing ascribing "
    "promises conditional conditional_endings just_said retractions uttering",
    "words": "definite several articles determiners possessives prepositions conjunctions that relatives auxiliaries "
    "subject genitive cases agents passive passive_past participles adverbs plural_verbs agent_endings as_said "
    "hearsay infinitive anybody away told_to when of gestures viewpoints source_prepositions source_nouns "
    "referring "
    "oblique impersonal existential dropped masculine_past feminine_past "
    "reported_mood mood_endings indicative_endings negations numerals first_person function masculine_determiners "
    "feminine_determiners oblique_of_hers feminine_noun_endings oblique_endings genitive_endings definite_endings",
    "pronouns": "masculine feminine masculine_other feminine_other neutral plural first object",
    "names": "masculine_titles feminine_titles titles after masculine_roles feminine_roles roles "
    "masculine_role_endings feminine_role_endings role_endings unnamed offices bodies "
    "bodies_of bodies_again proper_bodies body_endings connectors "
    "body_complements body_owners particles suffixes patronymics representatives close kin households "
    "masculine feminine epicene with_articles personal_articles former masculine_endings article_genders "
    "declined declined_roles feminine_endings masculine_nominatives feminine_nominatives surnames "
    "not_names plural_endings foreign_signs alone alone_endings aliases adults "
    "not_given trade_signs joined_honorifics owned",
    "dates": "order months weekdays relative past coming ago numbers periods told year_signs month_signs day_signs",
}

POLARITY = tuple(key for key in KEYS["polarity"].split() if not key.startswith("conditional"))

# What a key holds, where it is not a string; and what it may say.
_SHAPES: dict[type, str] = {
    bool: "writing.spaces writing.title_case marks.inside cues.verb_second cues.verb_final words.articles "
    "words.dropped names.with_articles",
    list: "cues.before cues.after names.close dates.months dates.weekdays dates.ago",
    dict: "dates.relative dates.numbers",
}
_SHAPE_NAMES = {
    str: "a string",
    bool: "true or false",
    list: "an array of strings",
    dict: "a table of numbers",
    int: "a number",
}
_ALLOWED = {"writing.case": "names nouns none", "dates.order": "dmy mdy ymd"}
_COUNTS = {"dates.months": 12, "dates.weekdays": 7}


def check(given: Mapping[str, Any]) -> None:
    """Raises LanguageError naming the first key that is unknown or holds what it cannot."""
    if not given.get("code"):
        raise LanguageError("`code` is missing")
    for section, value in given.items():
        if section in KEYS[""].split():
            _check_value(section, value)
        elif section not in KEYS or not isinstance(value, Mapping):
            raise LanguageError(f"unknown section or key `{section}`")
        else:
            for key, inner in value.items():
                if key not in KEYS[section].split():
                    raise LanguageError(f"unknown key `{section}.{key}`")
                _check_value(f"{section}.{key}", inner)


def _check_value(key: str, value: object) -> None:
    shape = next((shape for shape, keys in _SHAPES.items() if key in keys.split()), str)
    if type(value) is not shape:
        raise LanguageError(f"`{key}` must be {_SHAPE_NAMES[shape]}, not {value!r:.60}")
    if isinstance(value, (list, dict)):
        kind = str if isinstance(value, list) else int
        bad = [one for one in (value if isinstance(value, list) else value.values()) if type(one) is not kind]
        if bad:
            raise LanguageError(f"`{key}` holds {bad[0]!r:.60}, which is not {_SHAPE_NAMES[kind]}")
    allowed = _ALLOWED.get(key)
    if allowed and value not in allowed.split():
        raise LanguageError(f"`{key}` must be one of {allowed}, not {value!r}")
    if key in _COUNTS and isinstance(value, list) and len(value) not in (0, _COUNTS[key]):
        raise LanguageError(f"`{key}` must hold {_COUNTS[key]} strings, not {len(value)}")
    if key == "dates.ago" and isinstance(value, list) and any("{n}" not in phrase for phrase in value):
        raise LanguageError("each phrase of `dates.ago` must hold {n}")
