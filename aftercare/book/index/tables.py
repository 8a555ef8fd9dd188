"""The tables of the index."""

from __future__ import annotations

VERSION = 7
"""Of the tables below; an index of another version is built anew."""
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE folders (path TEXT PRIMARY KEY, stamp BLOB NOT NULL, names TEXT NOT NULL, stamps BLOB NOT NULL);
CREATE TABLE seals (path TEXT PRIMARY KEY, stamp BLOB NOT NULL, names TEXT NOT NULL, stamps BLOB NOT NULL);
CREATE TABLE files (id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, up TEXT NOT NULL,
  mentions TEXT NOT NULL, said TEXT NOT NULL);
CREATE INDEX files_up ON files (up, id);
CREATE INDEX files_kind ON files (kind, id);
CREATE INDEX files_not_well ON files (state, id) WHERE state <> 'record';
CREATE TABLE mentions (target TEXT, source TEXT, PRIMARY KEY (target, source)) WITHOUT ROWID;
CREATE TABLE formerly (old TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stale (customer TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE reckoned (customer TEXT PRIMARY KEY, after TEXT NOT NULL, before TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX reckoned_after ON reckoned (after);
CREATE INDEX reckoned_before ON reckoned (before);
CREATE TABLE promises (customer TEXT NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL,
  state TEXT NOT NULL, binds TEXT NOT NULL, person TEXT NOT NULL, record TEXT NOT NULL, subject TEXT NOT NULL,
  made_on TEXT NOT NULL, begins TEXT, due TEXT, first_due TEXT, moves INTEGER NOT NULL, kept_on TEXT, kept_by TEXT,
  ended_on TEXT, ended_by TEXT, row TEXT, PRIMARY KEY (customer, place)) WITHOUT ROWID;
CREATE INDEX promises_open ON promises (state, begins) WHERE row IS NOT NULL;
CREATE TABLE open (id TEXT, customer TEXT, PRIMARY KEY (id, customer)) WITHOUT ROWID;
CREATE INDEX open_customer ON open (customer);
CREATE TABLE rows (id TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE known (id TEXT PRIMARY KEY, name TEXT NOT NULL, more TEXT NOT NULL, owner TEXT NOT NULL,
  about TEXT NOT NULL, goods TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE words (id TEXT, word TEXT, PRIMARY KEY (id, word)) WITHOUT ROWID;
CREATE INDEX words_word ON words (word);
CREATE TABLE people (id TEXT, name TEXT, folded TEXT NOT NULL, spelt TEXT, PRIMARY KEY (id, name)) WITHOUT ROWID;
CREATE INDEX people_not_spelt ON people (id, name) WHERE spelt IS NULL;
CREATE TABLE phones (id TEXT, phone TEXT, inland TEXT, whole TEXT, PRIMARY KEY (id, phone, inland)) WITHOUT ROWID;
CREATE INDEX phones_whole ON phones (whole);
CREATE TABLE serials (id TEXT, serial TEXT, unit TEXT, PRIMARY KEY (id, serial, unit)) WITHOUT ROWID;
CREATE INDEX serials_serial ON serials (serial);
CREATE TABLE texts (id TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unchecked (customer TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE checked (customer TEXT PRIMARY KEY, after TEXT NOT NULL, before TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX checked_after ON checked (after);
CREATE INDEX checked_before ON checked (before);
CREATE TABLE unseen (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE traits (trait TEXT NOT NULL, value TEXT NOT NULL, file TEXT NOT NULL, place INTEGER NOT NULL,
  id TEXT NOT NULL, said TEXT NOT NULL, PRIMARY KEY (trait, value, file, place)) WITHOUT ROWID;
CREATE INDEX traits_id ON traits (id);
CREATE TABLE findings (by TEXT NOT NULL, owner TEXT NOT NULL, place INTEGER NOT NULL, look INTEGER NOT NULL,
  field TEXT NOT NULL, file TEXT NOT NULL, path TEXT NOT NULL, line INTEGER, code TEXT NOT NULL, id TEXT NOT NULL,
  settled INTEGER NOT NULL, row TEXT NOT NULL, PRIMARY KEY (by, owner, place)) WITHOUT ROWID;
CREATE INDEX findings_file ON findings (file);
CREATE INDEX findings_without_line ON findings (settled, file) WHERE line IS NULL;
"""
"""By what a record is found stands under its ``id``.

- ``rows``: it as the machine formats have it, without the fields in which it says nothing
- ``known``: what it is called (``name``, and ``more`` behind it), the customer whose it is (``owner``), the sale or
  unit it is ``about``, the ``goods`` in it, a list in JSON; the words of others are theirs
- ``words``: those that mean it alone
- ``people``: the names of customers and staff, and how they are spelt in Latin letters once somebody asked for any
- ``phones``: the digits of a number as they stand, as dialled within the country, and without the 0 before them
- ``serials``: a number with the unit that bears it or bore it; ``id`` is the sale or the claim that says so
- ``texts``: all texts in it, one after another

Words, texts and serial numbers are folded: full width and capitals make no difference.
"""
