-- What a person says that a run was limited to, such as 'include=web,db'; null for a whole host.
--
-- docker-bench-security's -i, -x and -t leave no trace in its log, and what they leave out must not count as fixed.
ALTER TABLE run ADD COLUMN scope TEXT;

-- One row for each label of a run is looked up by key: the baseline.
CREATE INDEX labelByKey ON label (key, runId);

-- A trend reads every run of a host in the order of time: with these columns it never leaves the index.
DROP INDEX runByHost;
CREATE INDEX runByHost ON run (hostId, startedAt, releaseId, snapshotId, isComplete, scope);
