-- What changed the database, one entry behind the other, each of which names the digest of the one before: whoever keeps
-- the digest of an entry can see later that nothing before it was taken out or changed, and that what is there now
-- follows from it.
--
-- content is a text of lines without its last line feed; digest is the SHA-256 of the text with it. So
--   sqlite3 FILE 'SELECT content FROM chainEntry WHERE number = 1' | sha256sum
-- gives the digest. The program that migrates adds the first entry, which lists the runs that are there by then.
CREATE TABLE chainEntry (
  number INTEGER PRIMARY KEY,
  content TEXT NOT NULL,
  digest BLOB NOT NULL
) STRICT;
