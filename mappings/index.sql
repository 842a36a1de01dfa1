-- The SQLite index. Lists are JSON text, times UTC text of one width, days whole numbers (20261110).
-- What filters and facets read stands at the front of a row, so that a long quote's other pages need not be read.
-- The words are an index only (content=''): they are computed from the row again when it goes.

CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE positions (warc TEXT PRIMARY KEY, "offset" INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE quotes (
    "order" INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    speaker_name TEXT,
    site TEXT NOT NULL,
    outlet TEXT,
    language TEXT,
    kind TEXT NOT NULL,
    month TEXT,
    published_first INTEGER,
    published_last INTEGER,
    said_first INTEGER,
    said_last INTEGER,
    captured_day INTEGER NOT NULL,
    state TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    page TEXT NOT NULL,
    repeat_words TEXT,
    repeat_of TEXT,
    captured_at TEXT NOT NULL,
    published TEXT,
    url TEXT NOT NULL,
    url_keys TEXT NOT NULL,
    urls TEXT NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    printed TEXT NOT NULL,
    spans TEXT NOT NULL,
    selectors TEXT NOT NULL,
    cue_printed TEXT,
    cue_span TEXT,
    cue_confidence REAL,
    speaker_role TEXT,
    speaker_printed TEXT,
    speaker_span TEXT,
    speaker_via TEXT,
    speaker_confidence REAL,
    said_on_value TEXT,
    said_on_precision TEXT,
    said_on_basis TEXT,
    said_on_printed TEXT,
    said_on_span TEXT,
    said_on_confidence REAL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    trail TEXT NOT NULL,
    span_confidence REAL NOT NULL,
    superseded_by TEXT,
    text_digest TEXT NOT NULL,
    extractor TEXT NOT NULL,
    extracted_at TEXT
);

CREATE INDEX quotes_of_snapshot ON quotes (snapshot_id);
CREATE INDEX quotes_that_may_repeat ON quotes (page, repeat_words);

CREATE VIRTUAL TABLE quote_words USING fts5 (
    tags,
    text_words, speaker_words, role_words, before_words, after_words, title_words,
    text_stems, speaker_stems, role_stems, before_stems, after_stems, title_stems,
    content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

CREATE VIRTUAL TABLE vocabulary USING fts5vocab (quote_words, 'row');

-- How many quotes there are by state (reported speech, which is counted apart: 'indirect') and language (none: ''), and
-- how many snapshots ('snapshots', '').
CREATE TABLE coverage (
    what TEXT NOT NULL, language TEXT NOT NULL, "rows" INTEGER NOT NULL, PRIMARY KEY (what, language)
) WITHOUT ROWID;

CREATE TRIGGER quote_came AFTER INSERT ON quotes BEGIN
    INSERT INTO coverage
        VALUES (CASE new.kind WHEN 'indirect' THEN 'indirect' ELSE new.state END, coalesce(new.language, ''), 1)
        ON CONFLICT (what, language) DO UPDATE SET "rows" = "rows" + 1;
END;

CREATE TRIGGER quote_went AFTER DELETE ON quotes BEGIN
    UPDATE coverage SET "rows" = "rows" - 1
        WHERE what = CASE old.kind WHEN 'indirect' THEN 'indirect' ELSE old.state END
        AND language = coalesce(old.language, '');
END;

CREATE TABLE snapshots (
    "order" INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    language TEXT,
    status INTEGER,
    state TEXT NOT NULL,
    reason TEXT,
    month TEXT,
    published_first INTEGER,
    published_last INTEGER,
    captured_day INTEGER NOT NULL,
    captured_at TEXT NOT NULL,
    record_id TEXT NOT NULL,
    requested_url TEXT NOT NULL,
    url TEXT NOT NULL,
    url_keys TEXT NOT NULL,
    content_type TEXT,
    payload_digest TEXT NOT NULL,
    truncated TEXT,
    origin TEXT NOT NULL,
    locator TEXT NOT NULL,
    payload TEXT NOT NULL,
    revisit_of TEXT,
    added TEXT NOT NULL,
    extractor TEXT,
    extracted_at TEXT,
    quote_count INTEGER NOT NULL,
    title TEXT,
    authors TEXT NOT NULL,
    outlet TEXT,
    canonical_url TEXT,
    published TEXT NOT NULL,
    modified TEXT NOT NULL,
    text_digest TEXT,
    texts TEXT NOT NULL
);

CREATE INDEX snapshots_published_first ON snapshots (published_first);
CREATE INDEX snapshots_published_last ON snapshots (published_last);

CREATE TRIGGER snapshot_came AFTER INSERT ON snapshots BEGIN
    INSERT INTO coverage VALUES ('snapshots', '', 1) ON CONFLICT (what, language) DO UPDATE SET "rows" = "rows" + 1;
END;

CREATE TRIGGER snapshot_went AFTER DELETE ON snapshots BEGIN
    UPDATE coverage SET "rows" = "rows" - 1 WHERE what = 'snapshots';
END;

CREATE VIRTUAL TABLE snapshot_words USING fts5 (
    tags, content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
