-- The order of runs whose starts tie, and what a file's time of change tells beyond its seconds.
--
-- A run stands among those of its host by (startedAt, startedNanos, sequence). sequence is the order of import: the number
-- of the file that it was first read from, times 2^24, and its place among the runs of that file.
ALTER TABLE run ADD COLUMN startedNanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;

UPDATE run SET sequence = ranked.sequence
FROM (
  SELECT id, sourceId * 16777216 + row_number() OVER (PARTITION BY sourceId ORDER BY line, id) - 1 AS sequence
  FROM run
) AS ranked
WHERE ranked.id = run.id;

-- The file's time of change in nanoseconds since 1970 and its size in bytes, by which a log without a time is known again;
-- null where there was no file.
ALTER TABLE source ADD COLUMN changedAt INTEGER;
ALTER TABLE source ADD COLUMN size INTEGER;

-- A trend reads every run of a host in its order: with these columns it never leaves the index.
DROP INDEX runByHost;
CREATE INDEX runByHost
ON run (hostId, startedAt, startedNanos, sequence, releaseId, snapshotId, isComplete, scope);
