-- The SQLite index. Dates are whole numbers (20261110; 20261100 and 20260000 where the day or the month is not named).
-- Filters, facets and histograms read the narrow tables; a page reads the documents of its rows and nothing else.
-- Documents are JSON, compressed with examples as their dictionary, and lie in the order in which they came.
-- The words are an index only (content=''): they are computed from the document again when it goes.

CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

INSERT INTO facts VALUES ('articles', '0');

CREATE TABLE positions (warc TEXT PRIMARY KEY, "offset" INTEGER NOT NULL) WITHOUT ROWID;

-- What people decided about speakers, as JSON.
CREATE TABLE speaker_decisions (id TEXT PRIMARY KEY, decision TEXT NOT NULL) WITHOUT ROWID;

-- A quote is looked up by tags, of its id and of its page: what is in no order would make an index of its own slow to
-- write, because each new row would be on another page of the file.
CREATE TABLE quotes (
    "order" INTEGER PRIMARY KEY,
    speaker TEXT,
    site TEXT NOT NULL,
    outlet TEXT,
    language TEXT,
    kind TEXT NOT NULL,
    polarity TEXT NOT NULL,
    review TEXT,
    published INTEGER,
    said INTEGER,
    captured INTEGER NOT NULL,
    learnt INTEGER NOT NULL,
    repeat_key INTEGER,
    document INTEGER NOT NULL
);

CREATE TABLE quote_documents (number INTEGER PRIMARY KEY, entry BLOB NOT NULL);

CREATE VIRTUAL TABLE quote_words USING fts5 (
    tags,
    text_words, speaker_words, role_words, before_words, after_words, title_words,
    text_stems, speaker_stems, role_stems, before_stems, after_stems, title_stems,
    content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

CREATE TABLE snapshots (
    "order" INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    outlet TEXT,
    language TEXT,
    status INTEGER,
    state TEXT NOT NULL,
    reason TEXT,
    visibility TEXT NOT NULL,
    published_first INTEGER,
    published_last INTEGER,
    captured INTEGER NOT NULL,
    article INTEGER,
    document INTEGER NOT NULL
);

CREATE INDEX snapshots_published_first ON snapshots (visibility, published_first);
CREATE INDEX snapshots_published_last ON snapshots (visibility, published_last);

CREATE TABLE snapshot_documents (number INTEGER PRIMARY KEY, entry BLOB NOT NULL);

CREATE VIRTUAL TABLE snapshot_words USING fts5 (
    tags, content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

-- The words of the articles under small numbers of their own, which is half as large. Words whose number is not in
-- `articles` are left over from an earlier reading and never found; a rebuild clears them away. The first column's
-- places are stored without its number: the fullest comes first. Tags that few snapshots share are with these only.
CREATE TABLE articles (number INTEGER PRIMARY KEY, "order" INTEGER NOT NULL);

CREATE VIRTUAL TABLE article_words USING fts5 (
    text_stems, text_words, tags,
    content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

-- The folded words there are, to look for typing slips and beginnings in.
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE article_vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;

-- How many rows there are by what they are (quotes by their state, reported speech apart, and once more those that are
-- listed; snapshots), visibility and language.
CREATE TABLE coverage (
    what TEXT NOT NULL,
    visibility TEXT NOT NULL,
    language TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    PRIMARY KEY (what, visibility, language)
) WITHOUT ROWID;

-- The first and the last year that rows have dates in, by the letter of the date's tags.
CREATE TABLE years (letter TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
