"""Who said what in an article. The steps, in the order in which `finder` takes them:

    marks         text in quotation marks or after a dialogue dash (`dialogue`; `taking_over` says where the reporter
                  goes on) or a speaker's label (`labels`), and the `answers` of an interview without marks; `pairing`
                  says which marks are a pair, `layout` what stands around the prose: captions, datelines, links, lists;
                  `mastheads` knows papers whose names are in marks
    mentions      the text as chunks: names (`names`, where they begin by `openings`, how far they go by `runs`, what
                  is in front of them by `titles`, their `cases`, those of `bodies`), noun phrases (`phrases`) and
                  pronouns outside the marks, read by `cased` or `caseless` (both are a `chunker`) from the words of
                  `sentences` (`tokens`, cut by the `grammar` of a pack, without case by `signs`), `asides` left out,
                  verbs put in place by `order`; `glosses` has what acronyms stand for
    people        the names joined into persons and organisations (`surnames` tells those of one surname apart,
                  `spelling` compares their words), each described by `portraits` (`nominatives` has the form of the
                  name that a subject has); `named_bodies` adds those that nouns name, as `institutions` reads them
                  as printed;
                  `coreference` leads pronouns and nouns to them:
                  `salience` says who is in view, `nouns` whom a noun means (with what is `beside` it), `newcomers` who
                  has no name, `again` whom a noun means that repeats somebody in other words, `apposition` whose a
                  name behind a complement is, `announced` which noun told of somebody before the name,
                  `body_pronouns` when «it» is a body
    speakers      whose words each quotation is: candidates (which `parts` they play, who is `ruled_out`, whose voice
                  they are by `sources`) with `features`, ranked by `ranking` and its weights, where the sentence has
                  not `decided`; `clauses` tells those of one
                  sentence apart, `subjects` whom the sentences beside are about, `objects` who is no subject by article
                  and order, `reporters` who reports by the mood, `interviews` whose turn it is,
                  `authors` who wrote what is quoted, `publications` who published what was told of before,
                  `headlines` who is introduced under one that is a quotation alone,
                  `echoes` which of them the headline repeats, or a line between
                  paragraphs;
                  `is_quote` separates words that were said from titles and scare quotes, `uttered` by how they stand,
                  `works` from titles and papers, `terms` from names, references and glosses, `bearers` from what
                  banners bear, `voices` from whom nobody knows; `polarity` those that the article asserts from those
                  that are denied (`denials`), supposed (`suppositions`) or in doubt, by the words in its
                  `surroundings`, the `reporting` word among them, what is `governing` their clause from afar, and what
                  is behind them in languages that put the verb there (`closing`);
                  `afterwards` whether the next sentence takes them back
    cues          the reporting words
    dates         the day the words were said; `scenes` has that of a sentence before, where the speaker already is
    indirect      then reported speech without marks, by the shape of the sentence; where no verb of saying is needed
                  `according`, where the verb is second or last `mood`; `reported` is the clause with its subject

`assembly` makes the quotes of what the steps found, `attribution` says who is named, by which rules, `doubts` how
sure that can be at most (`doubtful_names`: what may be no name, or whose; `doubtful_pronouns`: whom one may mean;
`doubtful_subjects`: who is left out, or stands beside the one chosen; `complements`: names that belong to another
noun or clause; `questions`: who asked does not answer, who is asked did not ask). The rest: `model` has the values
they pass on, `patterns` the shapes of sentences, `passages` the quote as it is printed with its context, `trail` the
rules by which each part was found.

Everything is a pure function of the article; time is linear in its text.
"""

from archiver.compiled import prefer

COMPILED = prefer(__path__)  # whether the modules below run as machine code

from archiver.quotes.finder import find_quotes, has_too_many  # noqa: E402
from archiver.quotes.marks import MAX_QUOTES  # noqa: E402

__all__ = ["COMPILED", "MAX_QUOTES", "find_quotes", "has_too_many"]
