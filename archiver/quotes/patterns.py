"""Patterns over the codes of chunks (`model.Chunks.codes`), each joined from named pieces.

A sentence is a string with one letter for each word, name or quotation, so its shape can be matched by regular
expressions. The pieces below have the names that a grammar would give them; every pattern is composed of them.
"""

from __future__ import annotations

import re

from archiver.languages import (
    AFTER,
    AUXILIARY,
    BEFORE,
    BODY,
    CALL,
    CONJUNCTION,
    DETERMINER,
    FUNCTION,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    QUOTATIVE,
    RELATIVE,
    ROLE,
    SAY,
    SUBJECT_MARK,
    TELL,
    THAT,
    TIME,
    TITLE,
    TITLE_AFTER,
)
from archiver.quotes.model import CAPITALIZED, NAME, NOUN_PHRASE, NUMBER, QUOTE, WORD

# Classes of chunks, to be put between brackets.
SAYING = SAY + TELL + CALL
PRONOUN = PERSON_PRONOUN + OTHER_PRONOUN
SOURCE = NAME + NOUN_PHRASE + PRONOUN
NOMINAL = NOUN_PHRASE + NAME

# Pieces.
VERB = f"[{SAYING}]"
VERB_OR_WORD = f"[{SAYING}{WORD}]"  # an unknown word in a verb's place is one: reporting verbs are an open class
WHO = f"[{SOURCE}]"
ASIDE = rf"(?:,[^,$:\n{QUOTE}]{{1,9}},)"  # «X, who leads the council, said»
SHORT_BRACKET = r"(?:\([^()\n]{1,8}\))"  # «X (D-Ohio)»
COMPLEMENT = f"{PREPOSITION}[{NOMINAL}{WORD}]{{1,2}}"  # «in Ellery», «of the city council»
OF_NOUN = f"{PREPOSITION}(?:[{NOMINAL}]{{1,2}}|{WORD}[{NOMINAL}{WORD}]?|{NAME}{WORD})"  # no verb behind a noun
BEHIND_QUOTE = "[,!-]?"  # the comma, exclamation or dash between a quotation and the reporter's words
ROLE_OR_DETERMINER = f"[{ROLE}{DETERMINER}]"
LEADS_IN = f"[:,]?{THAT}?"  # a colon, comma or «that» before a quotation

# The verb that a mention is the subject of: «X (D-Ohio), who leads the council, has [said]».
VERB_OF_SUBJECT = re.compile(rf"{SHORT_BRACKET}?{ASIDE}?(?:{AUXILIARY}|{WORD}(?={VERB})){{0,2}}({VERB_OR_WORD})")

# Cues.
SECOND_PART = re.compile(rf"[^$\n{QUOTE}]{{0,6}},{QUOTE}")  # «“…,” X said on Monday, “…”»
FINAL_VERB = re.compile(rf"[,!]?[^$,\n{QUOTE}]{{0,3}}{VERB}")  # «X は「…」と述べた»
VERB_WITHOUT_SUBJECT = re.compile(  # «“…”, aggiunge.»
    rf"{BEHIND_QUOTE}{AUXILIARY}?({VERB})(?=[$,\n{PREPOSITION}{CONJUNCTION}{WORD}{TIME}{DETERMINER}:])"
)

TOLD_WITHOUT_SUBJECT = re.compile(rf"{BEHIND_QUOTE}{AUXILIARY}?{VERB}[{WORD}{TIME}]?\$")  # «“…”, ha affermato.»
VERB_UNKNOWN_ALONE = re.compile(rf",{AUXILIARY}?{WORD}\$")  # «“…”, musitó.»: a word that is all of the rest
TOLD_AND_SUBJECT = re.compile(
    f"(?:{CONJUNCTION}[{NAME}{WORD}])?[{WORD}{TIME}{ROLE}]{{0,2}}{NAME}"
)  # «(told X) and Y, [Z]»
APPOSED_SUBJECT = re.compile(  # «The oldest in the boat, 44-year-old [X], lay down.»
    rf"[^,:;$\n{QUOTE}{SAYING}{BEFORE}]{{1,6}},[{DETERMINER}{ROLE}{WORD}]{{0,2}}{NAME},"
)
LED_BY_PREPOSITION = re.compile(f"{PREPOSITION}{DETERMINER}?[{WORD}{BODY}]?{ROLE}?\\Z")  # «en el estadio (X)»
SAYS_WITHOUT_SUBJECT = re.compile(  # «“…”, afirmou ontem depois de conversar com X»: what prepositions lead to
    rf"{BEHIND_QUOTE}{AUXILIARY}?{VERB}(?:[{WORD}{TIME}]|{PREPOSITION}(?:[{DETERMINER}{ROLE}{WORD}]{{0,2}}[{NOMINAL}])?){{0,9}}(?=[$,\n])"
)

# The context of a quotation.
SPEAKS_AFTER = re.compile(  # «“…,” said X», «“…,” X has said»
    rf"{BEHIND_QUOTE}(?:{VERB_OR_WORD}[{SOURCE}]|{WHO}{AUXILIARY}?{VERB})"
)
SPEAKS_BEFORE = re.compile(
    rf"(?:[{SOURCE}{RELATIVE}]{ASIDE}?{AUXILIARY}?{VERB}[{NOMINAL}{OBJECT_PRONOUN}{OTHER_PRONOUN}{WORD}]?"
    rf"(?:{COMPLEMENT})?{LEADS_IN}"  # «X, the mayor, told reporters in Ellery: “…”»
    rf"|{BEFORE}[{NOMINAL}][,:]?"  # «According to X, “…”»
    rf"|[{NOMINAL}]:)$"  # «X: “…”»
)
SPOKEN_BESIDE = re.compile(rf"{BEHIND_QUOTE}(?:{WHO}?{AUXILIARY}?{VERB}|{VERB})")
INTERRUPTION = re.compile(r"[,!-]?[^$:\n]{1,14}[,-]")  # «“…,” X said on Monday, “…”»

# How a verb ties a mention to a quotation.
DIRECT_BEFORE = re.compile(  # X «told them on Monday: “…”»
    rf"{ASIDE}?{AUXILIARY}?{VERB}(?:[{WORD}{TIME}{OBJECT_PRONOUN}{NOMINAL}]|{COMPLEMENT}){{0,3}}[,:-]?{THAT}?"
)
INVERTED_BEFORE = re.compile(  # said X «on Monday: “…”», called he «as a “…”»
    rf"(?:[{WORD}{TIME}]|{COMPLEMENT}|{ASIDE}){{0,2}}(?:{LEADS_IN}|{CONJUNCTION}{DETERMINER}?)"
)
DIRECT_AFTER = re.compile(rf"{BEHIND_QUOTE}{ROLE_OR_DETERMINER}{{0,2}}")
INVERTED_AFTER = re.compile(rf"{BEHIND_QUOTE}{AUXILIARY}?{WORD}?{VERB_OR_WORD}{ROLE_OR_DETERMINER}{{0,2}}")
ITS_VERB = re.compile(rf"{ASIDE}?{AUXILIARY}?{WORD}?{VERB}")
MODIFIES = re.compile(  # «(Clinton) spokesman Josh Holmes», «(Clinton) spokesman said»
    f"[{WORD}{BODY}{NOUN_CUE}]?{ROLE}+[{NAME}{SAYING}]"
)
SAYS_OF_ONESELF = re.compile(  # «(Field) told me that [she] had spoken»
    f"{AUXILIARY}?[{SAY}{TELL}]{OBJECT_PRONOUN}?,?{THAT}?(?P<own>{PERSON_PRONOUN})[{AUXILIARY}{SAYING}{WORD}]"
)
NAMES_WORKPLACE = re.compile(f"[{WORD}{ROLE}{NOUN_CUE}]{{1,3}}{NAME}")  # «(Findall Search) lead Liz Reid»
IN_COMPOUND = re.compile(f"[{WORD}{BODY}{NOUN_CUE}]?(?P<noun>{NOUN_PHRASE}){QUOTE}")  # «(Paris) attack suspect “…”»
NAMED = re.compile(f"[{NAME}{NOUN_PHRASE}{PERSON_PRONOUN}{OTHER_PRONOUN}]")
ACTOR = re.compile(f"[{SOURCE}{QUOTE}]")

ADDRESSED = re.compile(  # «X was asked whether it was “…”», «X was called “…”», not «was quoted as saying “…”»
    rf"{ASIDE}?{AUXILIARY}?(?P<passive>{AUXILIARY})[{WORD}{FUNCTION}{TIME}]{{0,2}}"
    rf"(?P<verb>[{TELL}{CALL}{SAY}])(?:(?<={TELL})[^$\n{QUOTE}{SAYING}]{{0,8}}|(?:[,{CONJUNCTION}][^$\n{QUOTE}{SAYING}]{{1,8}}"
    rf"|{PREPOSITION}[^$\n{QUOTE}{SAYING}{POSSESSIVE}]{{0,6}}|{CONJUNCTION}?))"
)
CALLED_BEHIND = re.compile(  # «X wurde “…” genannt», «X wurde als “…” bezeichnet»
    rf"(?P<passive>{AUXILIARY})[^$\n{QUOTE}{SAYING}]{{0,6}}{QUOTE}(?P<verb>{CALL})"
)

# What is set beside a name.
DESCRIBES_NAME = re.compile(  # «X, the auditor,», «X of the council», «X (auditor)»
    rf"(?:,[^,$\n{QUOTE}{SAYING}{AUXILIARY}]{{1,9}}(?=[,$])|{PREPOSITION}[{NAME}{WORD}]{{1,2}}|{SHORT_BRACKET})"
)
DESCRIBES_SUBJECT = re.compile(  # «X, an expert on Syria at the institute, noted»
    f"(?:{PREPOSITION}[{DETERMINER}{ROLE}{BODY}{WORD}{NOMINAL}]{{1,4}}){{0,4}},{AUXILIARY}?{VERB}"
)
RELATIVE_BEHIND = re.compile(f",?{RELATIVE}")
ROLE_BEFORE_NAME = re.compile(  # «le président de l'Assemblée, X», «la députée (PS) X»
    rf"{NOUN_PHRASE}(?:(?:{COMPLEMENT}){{1,2}},|\([^()$\n]{{1,6}}\))\Z"
)
BODY_BEFORE_NAME = re.compile(  # «La empresa concesionaria, (X),», «the firm in Ellery, (X),»
    rf"(?<![{NOMINAL}{ROLE}{WORD}{PREPOSITION}]){NOUN_PHRASE}(?:{WORD}|{PREPOSITION}[{WORD}{NOUN_PHRASE}{NAME}]){{0,2}},\Z"
)
NAME_APPOSED = re.compile(  # «another brother, X,», «la députée (PS) X»
    rf"{WORD}?(?:{OF_NOUN}){{0,3}},{DETERMINER}?{ROLE}?{NAME}(?=[-,:${SAYING}{QUOTE}])|\([^()$\n]{{1,6}}\){NAME}"
)
NAME_BEHIND_BODY = re.compile(  # «El senador del PRI [Arturo Paz]», «liderul de sindicat [Marius Lungu]»
    f"{PREPOSITION}{DETERMINER}?(?P<body>[{NOUN_PHRASE}{BODY}{ROLE}])(?P<name>{NAME})"
)
NAME_COMPLETES_ROLE = re.compile(  # «dyrektorka szkoły w Zalesiu Ewa Nowicka», where no article tells more
    f"[{WORD}{PREPOSITION}{NOUN_CUE}{ROLE}{BODY}{NUMBER}{NOUN_PHRASE}]{{0,6}}{NAME}"
)
SUBJECT_AT_THE_END = re.compile(  # «More cautious is the Austrian forester [X].»: subject after its verb
    rf"[$\n][{WORD}{PREPOSITION}{FUNCTION}{TIME}]{{1,4}}[{SAY}{AUXILIARY}]{WORD}?{DETERMINER}?[{WORD}{ROLE}{BODY}]{{0,3}}\Z"
)
LATE_SUBJECT = re.compile(  # «On her side stood (a teacher who …)»: what is before a subject behind its verb
    rf"{PREPOSITION}[^{NAME}{PERSON_PRONOUN}{QUOTE}:]*[{WORD}{AUXILIARY}{SAYING}]"
)
BEHIND_LATE_SUBJECT = frozenset((",", RELATIVE, THAT, "$"))

OWNED_BEHIND = re.compile(f"{PREPOSITION}{ROLE_OR_DETERMINER}{{0,2}}{NAME}")  # «(the widow) of the painter X»

# The part of a sentence that one of several quotations has for itself.
LEADING = f"[{DETERMINER}{POSSESSIVE}{ROLE}{WORD}{NOUN_CUE}]{{0,3}}"  # what is before a name
OWN_AGENT_BEHIND = re.compile(  # «(“brave”) by the critic [X]»
    rf"[,!]?{VERB}?(?P<by>[{BEFORE}{PREPOSITION}])(?:{LEADING}|{LEADING}{NOUN_PHRASE}{PREPOSITION}[^,$\n{QUOTE}{SAYING}]{{1,4}},)"
    rf"(?P<name>{NAME})(?=[-,;$\n{CONJUNCTION}{CALL}])"
)
OWN_AGENT_BEFORE = re.compile(  # «by the critic [X] as (“brave”)»
    rf"(?P<by>[{BEFORE}{PREPOSITION}]){LEADING}(?P<name>{NAME})[{CONJUNCTION}{PREPOSITION}]\Z"
)
OWN_SUBJECT_BEFORE = re.compile(  # «; [X] preferred (“a lantern”)», «, her rival, [X], of (“a bill”)»
    rf"[-,;{CONJUNCTION}]{{1,2}}{LEADING}(?:{NOUN_PHRASE},?)?(?P<name>{NAME}),?[{SAYING}{AUXILIARY}{WORD}{OTHER_PRONOUN}]{{0,2}}"
    rf"(?:[{PREPOSITION}{CONJUNCTION}]{DETERMINER}?{OWNER}?)?"
)
PARALLEL_SUBJECT = re.compile(  # «(X calls it “a gift”), and her brother [Y], who steers, calls it (“mud”)»
    rf"(?:[{SAYING}{AUXILIARY}{WORD}]{{1,2}}(?=[-,;]))?(?P<break>[-,;]?{CONJUNCTION}?)"
    rf"(?P<led>[^-,;$\n{QUOTE}{NAME}{THAT}]{{0,6}}),?(?P<name>{NAME})"
    rf"(?:,[{RELATIVE}{THAT}][^,$\n{QUOTE}]{{0,10}}(?=,))?"
    rf"(?P<rest>[,-]{PREPOSITION}?|,?[^-,;$\n{QUOTE}{NAME}{CONJUNCTION}{THAT}{OWNER}]{{1,6}})"
)
SPEAK_FROM = re.compile(  # «“…”, aseguran desde [el ministerio]»
    f"{BEHIND_QUOTE}{PERSON_PRONOUN}{AUXILIARY}?(?P<verb>{VERB})(?P<from>{PREPOSITION}){DETERMINER}?(?P<body>[{NOMINAL}])"
)
OBJECT_RELATIVE = re.compile(  # «(Castelao), a quien su hija [Uxía] definió como (“…”)», «(X), que [la prensa] llama …»
    rf",{PREPOSITION}?[{DETERMINER}{OBJECT_PRONOUN}]?[{RELATIVE}{THAT}]{OBJECT_PRONOUN}?[{DETERMINER}{POSSESSIVE}{ROLE}]{{0,3}}"
    rf"(?:{NOUN_PHRASE}[{PREPOSITION}{POSSESSIVE}]?,?)?(?P<name>[{NOMINAL}])[{CONJUNCTION}{WORD}{TIME}]?{AUXILIARY}?{VERB}"
    rf"[{CONJUNCTION}{PREPOSITION}{WORD}]?{DETERMINER}?\Z"
)
OWN_CLAUSE = re.compile(  # «(X), depois de [a oposição] o ter acusado de “…”», «después de que [Y] la acusara de “…”»
    rf"{PREPOSITION}(?:(?P<whole>{THAT})|)[{DETERMINER}{ROLE}]{{0,2}}(?P<name>[{NOMINAL}])[{DETERMINER}{OBJECT_PRONOUN}]?"
    rf"(?:{AUXILIARY}{VERB}|(?(whole)[{SAYING}{WORD}]|{AUXILIARY}{VERB})){PREPOSITION}{DETERMINER}?\Z"
)
SHOUTED_AT = re.compile(  # «Según [X], le gritó (“…”)»: somebody else did
    rf",{OBJECT_PRONOUN}?{AUXILIARY}?[{SAY}{TELL}]{PREPOSITION}?{DETERMINER}?:?\Z"
)
VERB_BEFORE_MARKS = re.compile(rf"{VERB}{OBJECT_PRONOUN}?(?P<link>{PREPOSITION}?){DETERMINER}?\Z")
GAPPED_SUBJECT = re.compile(  # «(X speaks of “a gift”), the wife of X, [Y], of (“mud”)», «; [the union], (“mud”)»
    rf"(?:[-,;]{CONJUNCTION}?|{CONJUNCTION})(?:{NAME}{OWNER})?{LEADING}"
    rf"(?:[{NOUN_PHRASE}{WORD}{ROLE}][{PREPOSITION}{OBJECT_PRONOUN}]?{LEADING}[{NOMINAL}],(?P<apposed>{NAME})"
    rf"|(?P<led>[{PREPOSITION}{BEFORE}])?{LEADING}(?:(?P<name>{NAME})|(?P<noun>{NOUN_PHRASE})(?:{COMPLEMENT})?))"
    rf"(?:,?(?P<link>{PREPOSITION}?){DETERMINER}?|[,{CONJUNCTION}]?(?P<verb>{VERB})(?P<linked>{PREPOSITION}?){DETERMINER}?)"
)
EMBEDDED_SUBJECT = re.compile(  # «(X told the jury) that [Y] had called him (“a weevil”)»
    rf"{VERB}(?:[^$\n{QUOTE}{SAYING}]{{0,5}}{THAT}(?:{CONJUNCTION}{WORD})?{LEADING}|(?<=[{SOURCE}]{VERB}))(?P<name>{NAME})"
    rf"{AUXILIARY}{{0,2}}{VERB}[^$\n{QUOTE}{SAYING}{NAME}]{{0,4}}\Z"
)
TOLD_HIMSELF = re.compile(  # «(X said) he had been told at midnight to (“…”)»
    rf"{VERB}{THAT}?[{PERSON_PRONOUN}]{AUXILIARY}{{1,2}}{TELL}[^$\n{QUOTE}{SAYING}]{{0,6}}\Z"
)
EMBEDDED_IN_MOOD = re.compile(  # «(X sagte), [Y] habe im Hof gefragt: (“…”)», «… habe ihr gesagt, es sei (“alt”)»
    rf"{VERB}{PREPOSITION}?,{LEADING}(?:(?P<name>{NAME}){AUXILIARY}[^$\n{QUOTE}{SAYING}{NAME},]{{0,8}}{VERB}:?"
    rf"|(?P<teller>[{NOMINAL}]){AUXILIARY}(?:[{POSSESSIVE}{OBJECT_PRONOUN}]|(?<={NAME}{AUXILIARY}){NOUN_PHRASE})"
    rf"[{WORD}{TIME}]{{0,2}}{VERB},[^$\n{QUOTE}{SAYING}{NAME}]{{0,6}})\Z"
)
EMBEDDED_MEANWHILE = re.compile(  # «(X said) as [the heckler] yelled: (“…”)», «(laut X) sagte [Y] zu ihr: (“…”)»
    rf"(?:(?:{VERB}[{CONJUNCTION}{PREPOSITION}]|{WORD}{CONJUNCTION}){LEADING}(?P<name>[{NOMINAL}]){AUXILIARY}?{VERB}"
    rf"|{BEFORE}{LEADING}[{NOMINAL}{PERSON_PRONOUN}](?:{VERB}{LEADING}(?P<inverted>[{NOMINAL}])"
    rf"(?:[{WORD}{TIME}]|{PREPOSITION}[^$\n{QUOTE}{SAYING}{NAME}]){{0,2}}"
    rf"|{AUXILIARY}{LEADING}(?P<teller>[{NOMINAL}])[^,$\n{QUOTE}{SAYING}{NAME}]{{0,6}}{VERB}))"
    r":\Z"
)
RIGHT_BEFORE = re.compile(f"[{CONJUNCTION}{PREPOSITION}]?{DETERMINER}?")  # «bezeichnete er (als einen “…”)»
EMBEDDED_TELLER = re.compile(  # «(X said) a member of the crew told her the ship was (“full”)»
    rf"{VERB}{THAT}?{LEADING}(?P<name>[{NOMINAL}])(?:{COMPLEMENT})?(?:,{LEADING}{NAME},)?{AUXILIARY}{{0,2}}{TELL}{OBJECT_PRONOUN}"
    rf"[^$\n{QUOTE}{SAYING}{NAME}]{{0,6}}\Z"
)
ANSWERS_BEHIND = re.compile(  # «(X asked: “…?”) The mayor, [Y], answered: (“…”)»
    rf"{QUOTE}!{ROLE_OR_DETERMINER}{{0,2}}(?P<name>[{NAME}{PERSON_PRONOUN}])[{SAY}{TELL}][{WORD}{FUNCTION}{TIME}]{{0,2}}:\Z"
)
CALLS_SOMEBODY = re.compile(  # «(When X came), [staff] called her (“…”)», «(Als X kam), nannten ihn [alle] (“…”)»
    rf"(?:(?<=[,;:$\n{CONJUNCTION}]){ROLE_OR_DETERMINER}{{0,2}}(?P<name>[{NOMINAL}]){AUXILIARY}?{CALL}[{OBJECT_PRONOUN}{OTHER_PRONOUN}]"
    rf"|{VERB}(?:{LEADING}(?P<inverted>[{NOMINAL}])[{OBJECT_PRONOUN}{POSSESSIVE}]"
    rf"|(?P<pronoun>[{OBJECT_PRONOUN}{OTHER_PRONOUN}]){LEADING}(?P<behind>[{NOMINAL}])))"
    rf"(?:[{PREPOSITION}{CONJUNCTION}]{DETERMINER}?|:)?\Z"
)
CLOSING_TELLER = re.compile(  # «(That he came signals a “…”) to the world, says [X], an analyst»
    rf"[^-,:;$\n{QUOTE}{SAYING}]{{1,14}},[{SAY}][{DETERMINER}{ROLE}{TITLE}]{{0,2}}(?P<name>{NAME})(?=[,$\n])"
)
SOMEBODY_CALLS = re.compile(  # «X calls it (“…”)»
    f"[{NAME}{PERSON_PRONOUN}]{AUXILIARY}?{VERB}[{OBJECT_PRONOUN}{OTHER_PRONOUN}]?{PREPOSITION}?{DETERMINER}?\\Z"
)
OWN_SUBJECT_BEHIND = re.compile(  # «(“brave”) called it the architect [X], (“overdue”) the vicar [Y]»
    rf"[,!-]?(?P<verb>{VERB}[{OTHER_PRONOUN}{OBJECT_PRONOUN}]?)?{LEADING}(?P<name>{NAME})(?=[,;$\n{CONJUNCTION}])"
)

# Who speaks for whom, and together with whom.
CHAIN = re.compile(  # «(the agency) quoted [him] as saying»
    f"{AUXILIARY}?{VERB}{ROLE_OR_DETERMINER}{{0,2}}(?P<inner>[{NOMINAL}{PERSON_PRONOUN}])"
    f"(?:,[{NOMINAL}],)?[{WORD}{CONJUNCTION}{PREPOSITION}]{VERB}"
)
RECALLED = re.compile(  # «(X) recalls [him] saying “…”»
    rf"[{SAYING}{WORD}](?P<name>[{NAME}{PERSON_PRONOUN}])(?P<verb>{VERB})[{WORD}{THAT}{TIME}]{{0,2}}[:,]?\Z"
)
CLEFT = re.compile(  # «It was [X], not her husband, who said “…”»
    rf"[{OTHER_PRONOUN}]{AUXILIARY}{LEADING}(?P<name>{NAME})(?:,[^,$\n{QUOTE}{SAYING}]{{1,4}})?,?[{RELATIVE}{DETERMINER}{THAT}]"
    rf"{AUXILIARY}?{VERB}[{WORD}{THAT}{TIME}]{{0,2}}[:,]?\Z"
)
INVERTED_LAST = re.compile(  # «Wie X mitteilte, rief der Verdächtige [Y] (“…”)»
    rf",{SAY}{LEADING}(?:{NOUN_PHRASE},?)?(?P<name>{NAME})[:,]?\Z"
)
MARKED_SUBJECT = re.compile(  # «Der „Bote“ schreibt, X sei (“müde”)»: what is in marks says so
    rf"{DETERMINER}{QUOTE}{AUXILIARY}?{SAY}[,{THAT}][^$\n{QUOTE}{SAYING}]{{0,8}}"
)
CALLED_TOO = re.compile(  # «(hailed as “…”), mocked as (“…”)»
    f"[,{CONJUNCTION}]{{0,2}}(?P<verb>[{SAY}{CALL}])[{PREPOSITION}{CONJUNCTION}]"
)
PRONOUN_SAYS = re.compile(  # «When X asked her, [she] replied, (“…”)», not «X said she replied»
    rf"(?<![{SAYING}{THAT}{PREPOSITION}])(?P<name>{PERSON_PRONOUN}){AUXILIARY}?[{SAY}{TELL}][{WORD}{TIME}{OBJECT_PRONOUN}]?[,:]\Z"
)
TOPIC = re.compile(  # «Of her rival, [X], says only: (“…”)»: who speaks is left out
    rf"{PREPOSITION}[{DETERMINER}{POSSESSIVE}{OBJECT_PRONOUN}{ROLE}{WORD}]{{0,3}}"
    rf"(?:{NOUN_PHRASE}[{POSSESSIVE}{OBJECT_PRONOUN}]?(?:{COMPLEMENT})?,){ROLE_OR_DETERMINER}{{0,2}}(?P<name>{NAME}),{PERSON_PRONOUN}?"
    rf"(?=[^:]*[{SAYING}{WORD}])[{SAYING}{AUXILIARY}{WORD}{TIME}{OBJECT_PRONOUN}]{{1,6}}:\Z"
)
PARTED_BY_CLAUSES = re.compile(  # «[A man] who was waiting, and gave no name, said: (“…”)»: no verb of its own
    rf"(?:[{TIME}{CONJUNCTION}],?)?{ROLE_OR_DETERMINER}{{0,2}}(?P<name>[{NOMINAL}])(?:{COMPLEMENT})?"
    rf",?[{RELATIVE}{THAT}][^:;$\n{QUOTE}]{{1,24}},(?P<left>{PERSON_PRONOUN}){AUXILIARY}?[{SAY}{TELL}][{WORD}{TIME}{OBJECT_PRONOUN}]?[,:]\Z"
)
TOLD_BY_ANOTHER = re.compile(  # «(Enligt X) ropade den misstänkte, [Y], (“…”)», «(Laut X) rief [der Mann] (“…”)»
    rf"{BEFORE}{LEADING}[{NOMINAL}]{VERB}{LEADING}(?:{NOUN_PHRASE}?,?{LEADING}(?={NAME}))?(?P<name>[{NOMINAL}])"
    rf"[^$\n{QUOTE}{SAYING}{NAME}{CONJUNCTION}]{{0,8}}\Z"
)
NOT_ANOTHER = re.compile(rf"{NAME},[^,$\n{QUOTE}][{NOMINAL}]\Z")  # «X, not her husband»
PARTICIPLES = ("ing", "ndo")  # ends of verbs that what is said of somebody may have
OWN_SUBJECT = re.compile(  # «(according to X), [her predecessor] had told her»
    rf",{ROLE_OR_DETERMINER}{{0,2}}(?P<inner>[{NOMINAL}]){AUXILIARY}?[{SAY}{TELL}]"
)
DATELINE = re.compile(rf"(?:,[^$\n{QUOTE}{SAYING}]{{1,4}})?(?:\([^()\n]{{1,4}}\))?-")  # «LONDON, Oct 20 (AP) -»
REPRESENTED_AFTER = re.compile(  # «(a lawyer) for [X]», «(a person) close to [X]»
    f"(?:{WORD}?{PREPOSITION}|{WORD}|{BEFORE}){ROLE_OR_DETERMINER}{{0,2}}{NAME}"
)
REPRESENTED_BEFORE = re.compile(rf"{NOUN_PHRASE}(?:{WORD}?{PREPOSITION}|{WORD}|{BEFORE}){ROLE_OR_DETERMINER}{{0,2}}\Z")
NAME_SET_BESIDE = re.compile(rf",{ROLE_OR_DETERMINER}{{0,2}}{NAME}(?=[-,:$\n({QUOTE}])")  # «(the wife of X), [Y],»
COMPLEMENT_BEFORE = re.compile(  # «(the club) in [X]»
    rf"[{NOMINAL}{WORD}{BODY}{NOUN_CUE}](?P<preposition>{PREPOSITION}){DETERMINER}?\Z"
)
COMPLEMENT_AND_NAME = re.compile(  # «(a spokesman) for the port of Ellery, [X],», «(rzecznik) huty [X]»
    rf"(?P<link>{WORD}?[{PREPOSITION}{BEFORE}]|{CONJUNCTION})?[{DETERMINER}{POSSESSIVE}]?"
    rf"(?P<noun>[{ROLE}{BODY}{NOUN_PHRASE}{NOUN_CUE}{WORD}]{{0,3}})"
    rf"(?:{PREPOSITION}[{DETERMINER}{POSSESSIVE}]?[{NOMINAL}{WORD}{ROLE}{BODY}{NOUN_CUE}]{{1,2}}){{0,2}}"
    rf"(?:{ROLE_OR_DETERMINER}{{0,2}}{NAME}|(?P<comma>,){ROLE_OR_DETERMINER}{{0,2}}{NAME}(?=[-,:$\n({QUOTE}]))"
)
ANSWERED = re.compile(  # «(“…?”), X answered: [“…”]»
    rf"[^$\n{QUOTE}]{{0,12}}{VERB}[^$\n{QUOTE}]{{0,12}}{QUOTE}"
)
JOINT_AFTER = re.compile(  # «(X), the mayor, and [Y]»
    f"(?:,{ROLE_OR_DETERMINER}{{0,2}}{NAME},?)?{CONJUNCTION}{ROLE_OR_DETERMINER}{{0,2}}{NAME}"
)
JOINT_BEFORE = re.compile(  # a comma before «and» is in a list alone: «from X, where Y said» is Y's
    rf"{NAME}(?:(?:,{ROLE_OR_DETERMINER}{{0,2}}{NAME})+,?)?{CONJUNCTION}{ROLE_OR_DETERMINER}{{0,2}}\Z"
)
SAYS_AS_RELATIVE = re.compile(  # «(two scholars) who call it “…”», «(X), que augura: “…”»
    rf"(?:{PREPOSITION}{WORD})?(?P<apart>,?)(?P<who>[{RELATIVE}{THAT}{DETERMINER}])[{DETERMINER}{OBJECT_PRONOUN}]?"
    rf"{AUXILIARY}?{WORD}?{VERB}(?:{PREPOSITION}?[{DETERMINER}{OBJECT_PRONOUN}{OTHER_PRONOUN}{TIME}{WORD}{NOUN_PHRASE}])?"
    rf"(?:,[{OTHER_PRONOUN}{NOUN_PHRASE}]{AUXILIARY})?[{PREPOSITION}{CONJUNCTION}]?{LEADS_IN}"
)

# Word order, on the codes of tokens.
ECHO = re.compile(rf"{QUOTE}\${SAY}")  # «“…”. Lo ha detto X»
SECOND_VERB = re.compile(  # «Am Montag [sagte] X»: what leads the sentence, the verb, and its subject after it
    rf"(?:^|(?<=\$))[{PREPOSITION}{TIME}{FUNCTION}]"
    rf"[{PREPOSITION}{TIME}{FUNCTION}{WORD}{CAPITALIZED}{DETERMINER}{POSSESSIVE}{NOUN_CUE}{BODY}{NUMBER}{ROLE}]{{0,8}}?"
    rf"({VERB})(?:[{DETERMINER}{POSSESSIVE}]?[{WORD}{FUNCTION}]{{0,2}}[{CAPITALIZED}{ROLE}{BODY}{TITLE}]+"
    rf"|[{PERSON_PRONOUN}{OTHER_PRONOUN}])(?![{SAYING}{AUXILIARY}])"
)
INVERTED_SUBJECT = re.compile(  # «Cauto [si è mostrato l'ingegnere austriaco Hans Gruber].»
    rf"[{SAY}{AUXILIARY}][{SAY}{AUXILIARY}{WORD}{FUNCTION}{OBJECT_PRONOUN}]{{0,3}}[{DETERMINER}{WORD}{ROLE}{BODY}{PREPOSITION}]{{0,5}}"
    rf"[{ROLE}{WORD}{TITLE}]{CAPITALIZED}{{2,4}}[,$(]"
)
PASSIVE = re.compile(  # «was called», «, described»; not «was quoted as saying»
    rf"(?:{AUXILIARY}[{WORD}{FUNCTION}]{{0,2}}|,|^|(?<=\$)){VERB}(?![{WORD}{CONJUNCTION}{PREPOSITION}]{VERB})"
    rf"|{AUXILIARY}[{WORD}{FUNCTION}]{{1,2}}[{CONJUNCTION}{PREPOSITION}]{QUOTE}"  # «was dismissed as “…”»
)
AGENT_BEFORE = re.compile(
    rf"(?:,[^$,\n{QUOTE}]{{1,9}},)?[{CONJUNCTION}{PREPOSITION}{WORD}{AUXILIARY}]{{0,2}}"
)  # «by X as “…”»
AGENT_BEHIND = re.compile(rf"[,!]?{VERB}?{ROLE_OR_DETERMINER}{{0,2}}")  # «“…” by X», «als „…“ bezeichnet von X»
SOURCE_BEFORE = re.compile(rf"(?:{COMPLEMENT}|{WORD}){{0,2}},?")  # «according to X in Ellery, “…”»
INVERTED_RIGHT_AFTER = re.compile(f"[,!]{SAY}{ROLE_OR_DETERMINER}{{0,2}}")  # «“…,” said X»
SAYS = re.compile(f"[{WORD}{FUNCTION}{TIME}]?{AUXILIARY}?[{SAY}{TELL}]")  # (X's agent) «later said»
OWNED_NOUN = re.compile(f"{OWNER}{WORD}?{NOUN_PHRASE}")  # «(X)'s old coach»
OWNED_BEFORE = re.compile(f"{NAME}{OWNER}[{WORD}{ROLE}]{{0,2}}\\Z")
SAYS_OF = re.compile(  # «De jury spreekt van “…”», «X recalled her as “…”»
    f"{VERB}[{OBJECT_PRONOUN}{POSSESSIVE}]?{PREPOSITION}{DETERMINER}?"
)
SAYS_TOO = re.compile(f"{WHO}{AUXILIARY}?{VERB}")
CLOSING_VERB = re.compile(  # «“…” と述べた», «“…” dedi»; a noun of saying counts after the quotative alone
    f"{QUOTE},?(?:{QUOTATIVE}?[{WORD}{CAPITALIZED}{FUNCTION}{PREPOSITION}{TIME}{QUOTATIVE}]{{0,3}}"
    f"(?:({VERB})[{WORD}{QUOTATIVE}{AUXILIARY}]{{0,4}}|(?<={QUOTATIVE})({NOUN_CUE}))(?=[$,{CONJUNCTION}]|$)"
    f"|{QUOTATIVE}+)"
)
LEADING_ON = re.compile(f"{QUOTE}{QUOTATIVE}({VERB})")  # «“…”라고 [묻자] X는»
SOURCE_BEFORE_POSTPOSITION = re.compile(  # «X によると»
    f"([{CAPITALIZED}{ROLE}{BODY}{TITLE}{TITLE_AFTER}&]{{1,9}})[{OWNER}{PREPOSITION}]?{AFTER}"
)

# Names without case, on the codes of the tokens after a word.
TITLED = re.compile(  # «한혜란 농림부 장관», «한지수(25) 씨»
    rf"[{BODY}{ROLE}]{{0,2}}{CAPITALIZED}?[{BODY}{ROLE}]?{TITLE_AFTER}|\({NUMBER}\)[{TITLE_AFTER}{ROLE}]"
)
SPEAKS = re.compile(f"{TITLE_AFTER}|[{CAPITALIZED}{WORD}{PREPOSITION}{FUNCTION}{TIME}]{{0,2}}{VERB}")
SUBJECT_NEXT = re.compile(rf"(?:\({NUMBER}\)?)?{SUBJECT_MARK}")  # «(29)는»
OPEN_VERB = re.compile(  # «“…” と[皮肉った]。»: an unknown verb closes the clause that the quotative opens
    rf"[{WORD}{CAPITALIZED}{FUNCTION}{PREPOSITION}{AUXILIARY}{TIME}]{{1,7}}(?=[$,{CONJUNCTION}]|\Z)"
)
SECOND_HAND = re.compile(  # «据新华社报道，X 说“…”», «According to the agency, X said “…”»: X says it
    rf"{BEFORE}(?=[^$,:\n{QUOTE}]{{1,8}},[^$:\n{QUOTE}]{{1,20}}(?<![{DETERMINER}{POSSESSIVE}]){VERB}[^$\n{QUOTE}]{{0,6}}{QUOTE})"
)
TITLES = re.compile(f"{TITLE_AFTER}+")
TITLES_BEHIND_BODY = re.compile(f"[{BODY}{ROLE}]{{0,2}}{TITLE_AFTER}+")

# Words of a text.
WORDS = re.compile(r"\w+(?:['’-]\w+)*")

_SENTENCE = 80  # chunks in which the ends of a sentence are looked for


def sentence_around(codes: str, at: int) -> tuple[int, int]:
    """The first chunk of a sentence and the one behind its last, looked for in the `_SENTENCE` chunks around."""
    high = at + _SENTENCE
    ends = [end for end in (codes.find("$", at, high), codes.find("\n", at, high)) if end >= 0]
    return sentence_start(codes, at), min(ends, default=high)


def sentence_start(codes: str, at: int) -> int:
    """The first chunk of a sentence."""
    low = max(0, at - _SENTENCE)
    return max(codes.rfind("$", low, at), codes.rfind("\n", low, at), low - 1) + 1
