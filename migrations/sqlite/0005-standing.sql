-- What is known of each host and system, kept up to date by every import; and how all runs were understood.
--
-- All of it can be made anew from the runs: it is there so that an answer about now replays no history. Where a
-- policy counts (waivers, severities), it is applied when this is read.
--
-- Movements are numbers:
--   beganBy  0 regressed, 1 newly seen, 2 first seen, 3 reopened, 4 begun by another criterion
--   endedBy  5 fixed, 6 retired, 7 ended by another criterion, 8 without a verdict

ALTER TABLE finding ADD COLUMN itemCount INTEGER NOT NULL DEFAULT 0;
UPDATE finding
SET itemCount = counted.items
FROM (
  SELECT stateId, position, count(*) AS items
  FROM (SELECT DISTINCT stateId, position, kind, coalesce(stableName, name) FROM item) AS named
  GROUP BY stateId, position
) AS counted
WHERE counted.stateId = finding.stateId AND counted.position = finding.position;

CREATE TABLE standing (
  id INTEGER PRIMARY KEY,
  hostId INTEGER NOT NULL REFERENCES host (id),
  -- What is checked: docker or kubernetes.
  system TEXT NOT NULL,
  runs INTEGER NOT NULL,
  firstAt INTEGER NOT NULL,
  newestAt INTEGER NOT NULL,
  newestRunId INTEGER NOT NULL,
  passing INTEGER NOT NULL,
  failing INTEGER NOT NULL,
  -- What is known of each control, for the program; and the same before the newest run, null where that changed nothing.
  record BLOB NOT NULL,
  before BLOB,
  UNIQUE (hostId, system)
) STRICT;

-- A failure of a check from the run that it began in to the run that it ended in; endedAt is null while it is open.
CREATE TABLE failure (
  standingId INTEGER NOT NULL REFERENCES standing (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  checkTitleId INTEGER NOT NULL REFERENCES checkTitle (id),
  -- Since when it fails: the check may have been retired in between.
  openSince INTEGER NOT NULL,
  beganAt INTEGER NOT NULL,
  beganBy INTEGER NOT NULL CHECK (beganBy BETWEEN 0 AND 4),
  beganRunId INTEGER NOT NULL,
  endedAt INTEGER,
  endedBy INTEGER CHECK (endedBy BETWEEN 5 AND 8),
  endedRunId INTEGER,
  PRIMARY KEY (standingId, number)
) STRICT, WITHOUT ROWID;

-- What a run changed beside failures: how many controls more pass, and how many differ by another criterion.
CREATE TABLE runChange (
  standingId INTEGER NOT NULL REFERENCES standing (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  runId INTEGER NOT NULL,
  startedAt INTEGER NOT NULL,
  passing INTEGER NOT NULL,
  criterionChanged INTEGER NOT NULL,
  PRIMARY KEY (standingId, number)
) STRICT, WITHOUT ROWID;

-- The digest of the readers and the catalogue that all runs were understood with; no row where that is not known.
CREATE TABLE understanding (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  digest BLOB NOT NULL
) STRICT;

-- The newest runs of all hosts are read from their end, and those of one host need no more than their order.
CREATE INDEX runByStart ON run (startedAt, startedNanos, sequence);

-- One digest for the whole database took its place.
ALTER TABLE run DROP COLUMN catalogVersion;
