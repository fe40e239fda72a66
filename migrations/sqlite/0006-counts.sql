-- How many checks of a content have each outcome, and how many no edition knows: a list of runs then reads no finding.
ALTER TABLE snapshot ADD COLUMN pass INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN fail INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN manual INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN info INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN notApplicable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN unmapped INTEGER NOT NULL DEFAULT 0;

UPDATE snapshot
SET pass = counted.pass, fail = counted.fail, manual = counted.manual, info = counted.info,
  notApplicable = counted.notApplicable, unmapped = counted.unmapped
FROM (
  SELECT snapshotId,
    count(CASE WHEN outcome = 0 THEN 1 END) AS pass,
    count(CASE WHEN outcome = 1 THEN 1 END) AS fail,
    count(CASE WHEN outcome = 2 THEN 1 END) AS manual,
    count(CASE WHEN outcome = 3 THEN 1 END) AS info,
    count(CASE WHEN outcome = 4 THEN 1 END) AS notApplicable,
    count(*) - count(control) AS unmapped
  FROM snapshotState JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId
  GROUP BY snapshotId
) AS counted
WHERE counted.snapshotId = snapshot.id;
