-- Runs, and what was found in them.
--
-- A run refers to a snapshot, a snapshot to states, and a state holds the findings of one section of a
-- run: stored once per distinct content, as git stores trees and blobs. So a run that equals another adds one
-- row, and a run in which one section changed adds that section.
--
-- Numbers for small fixed sets are those of the program's enumerations:
--   status    0 PASS, 1 WARN, 2 INFO, 3 NOTE, 4 FAIL, 5 none
--   outcome   0 pass, 1 fail, 2 manual, 3 info, 4 notApplicable
--   item kind 0 container, 1 image, 2 user, 3 file, 4 network
-- Times are seconds since 1970 in UTC.

CREATE TABLE host (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE tool (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE edition (
  id INTEGER PRIMARY KEY,
  toolId INTEGER NOT NULL REFERENCES tool (id),
  name TEXT NOT NULL,
  UNIQUE (toolId, name)
) STRICT;

-- What is known of the tool's version: what it printed, and the versions that the run can be from.
CREATE TABLE release (
  id INTEGER PRIMARY KEY,
  toolId INTEGER NOT NULL REFERENCES tool (id),
  editionId INTEGER REFERENCES edition (id),
  printed TEXT,
  earliest TEXT NOT NULL,
  latest TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX releaseContent
ON release (toolId, ifnull(editionId, 0), ifnull(printed, ''), earliest, latest);

-- One file in one import.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  importedAt INTEGER NOT NULL
) STRICT;

-- A check as printed with the control that it is; control is null where no edition knows it.
CREATE TABLE checkTitle (
  id INTEGER PRIMARY KEY,
  checkId TEXT NOT NULL,
  title TEXT NOT NULL,
  control TEXT
) STRICT;
CREATE UNIQUE INDEX checkTitleContent ON checkTitle (checkId, title, ifnull(control, ''));

CREATE TABLE state (
  id INTEGER PRIMARY KEY,
  section TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE finding (
  stateId INTEGER NOT NULL REFERENCES state (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  checkTitleId INTEGER NOT NULL REFERENCES checkTitle (id),
  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 5),
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 4),
  isTruncated INTEGER NOT NULL CHECK (isTruncated IN (0, 1)),
  -- The lines below the check, with a line feed between two; null where there are none.
  details TEXT,
  PRIMARY KEY (stateId, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
  stateId INTEGER NOT NULL REFERENCES state (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
  name TEXT NOT NULL,
  -- Null where it is the name.
  stableName TEXT,
  value TEXT NOT NULL,
  PRIMARY KEY (stateId, position, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE
) STRICT;

-- lines: for each finding of the state its line, counted from the run's first, and its place among the
-- run's findings, both as 32-bit little-endian numbers. Kept out of the state, so that noise between the
-- lines makes no new state.
CREATE TABLE snapshotState (
  snapshotId INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  stateId INTEGER NOT NULL REFERENCES state (id),
  lines BLOB NOT NULL,
  PRIMARY KEY (snapshotId, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshotStateByState ON snapshotState (stateId);

-- id is made of host, tool and start, so that a log imported into another database gets the same.
-- form: 0 text, 1 JSON. timeSource: 0 log, 1 log without minutes, 2 given, 3 file.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  hostId INTEGER NOT NULL REFERENCES host (id),
  startedAt INTEGER NOT NULL,
  releaseId INTEGER NOT NULL REFERENCES release (id),
  snapshotId INTEGER NOT NULL REFERENCES snapshot (id),
  sourceId INTEGER NOT NULL REFERENCES source (id),
  line INTEGER NOT NULL,
  form INTEGER NOT NULL CHECK (form IN (0, 1)),
  timeSource INTEGER NOT NULL CHECK (timeSource BETWEEN 0 AND 3),
  isComplete INTEGER NOT NULL CHECK (isComplete IN (0, 1)),
  printedChecks INTEGER,
  printedScore INTEGER,
  catalogVersion INTEGER NOT NULL
) STRICT;
CREATE INDEX runByHost ON run (hostId, startedAt);
CREATE INDEX runBySnapshot ON run (snapshotId);

CREATE TABLE label (
  runId INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (runId, key)
) STRICT, WITHOUT ROWID;
