-- What people decided, and when: the policies that commands judged by, and the baselines. An answer as of a time goes by those of then.

CREATE TABLE policyText (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  content BLOB NOT NULL
) STRICT;

-- A stretch of time in which the file of a path had one content. The content of a file that went back to an
-- earlier one has two.
CREATE TABLE policyUse (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  policyTextId INTEGER NOT NULL REFERENCES policyText (id),
  -- The commit of git that has the content; null where there is none.
  revision TEXT,
  firstSeenAt INTEGER NOT NULL,
  lastSeenAt INTEGER NOT NULL
) STRICT;
CREATE INDEX policyUseByPath ON policyUse (path, firstSeenAt);

-- Since when, and until when, a run was its host's baseline; the label 'baseline' says which runs are it now.
CREATE TABLE baselineMark (
  id INTEGER PRIMARY KEY,
  runId INTEGER NOT NULL,
  setAt INTEGER NOT NULL,
  clearedAt INTEGER
) STRICT;
CREATE INDEX baselineMarkByRun ON baselineMark (runId);

-- When earlier versions set them is not known: they always were.
INSERT INTO baselineMark (runId, setAt) SELECT runId, 0 FROM label WHERE key = 'baseline';
