-- The bytes that runs were read from, after unzipping and decoding to UTF-8.
--
-- The evidence of a run is cut at its sections. A piece is stored once per distinct content, and so is the list of
-- the pieces. What differs in every log, the line with the date, is the run's own. So a run that equals another adds that line.
--
-- A run without evidence was imported by an earlier version, or with --no-evidence.

CREATE TABLE piece (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  -- Bytes before they were packed.
  size INTEGER NOT NULL,
  -- Packed by Zstandard.
  content BLOB NOT NULL
) STRICT;

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE
) STRICT;

-- pieceId is null where a part of the run's own stands.
CREATE TABLE evidencePiece (
  evidenceId INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  pieceId INTEGER REFERENCES piece (id),
  PRIMARY KEY (evidenceId, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidencePieceByPiece ON evidencePiece (pieceId);

ALTER TABLE run ADD COLUMN evidenceId INTEGER REFERENCES evidence (id);
-- Which of the runs that are read from the evidence it is: a logger's document may wrap several.
ALTER TABLE run ADD COLUMN evidencePlace INTEGER NOT NULL DEFAULT 0;
-- The run's own parts, each behind its length as a 32-bit little-endian number.
ALTER TABLE run ADD COLUMN ownParts BLOB;
CREATE INDEX runByEvidence ON run (evidenceId);
