"""Breaks the storage in every way it can be broken at, and prints figures for docs/reliability.md.

    python3 Tests/campaign/storage.py .build/release/benchtrail [--every N] [PART ...]

Parts: kill, full, crowd, damage, values. --every N takes every N-th place only.
"""
import argparse
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, '..', '..', 'samples')
ENDINGS = ('', '-wal', '-shm', '-journal')
NOW = '1797379199'


class Campaign:
    def __init__(self, binary, every):
        self.binary = os.path.abspath(binary)
        self.every = every
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix='campaign-'))
        self.shim = os.path.join(self.folder, 'faults.so')
        self.faults = []
        subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-o', self.shim,
                        os.path.join(HERE, 'faults.c'), '-ldl'], check=True)
        self.logs = os.path.join(self.folder, 'logs')
        for host in ('web-1', 'db-1', 'node-1'):
            shutil.copytree(os.path.join(SAMPLES, host), os.path.join(self.logs, host))
        self.base = os.path.join(self.folder, 'base.db')
        self.expect(self.run('import', self.logs + '/web-1', '--host', 'web-1', db=self.base), 'base')
        settle(self.base)

    def run(self, *words, db, env=None):
        environment = {**os.environ, 'SOURCE_DATE_EPOCH': NOW, 'HOME': self.folder, **(env or {})}
        environment.pop('BENCHTRAIL_POLICY', None)
        return subprocess.run([self.binary, *words, '--db', db], cwd=self.folder, env=environment,
                              capture_output=True, timeout=120)

    def note(self, text):
        self.faults.append(text)
        print('  FAULT', text, flush=True)

    def expect(self, result, what):
        if result.returncode != 0:
            self.note(f'{what}: exit {result.returncode}: {result.stderr[-200:].decode()}')

    def runs(self, db):
        """What the database says of its runs; None where there is no database."""
        if not os.path.exists(db):
            return None
        return self.run('runs', '--limit', '100000', '--format', 'json', db=db).stdout

    # -- Every write of every change ------------------------------------------------------------

    def changes(self):
        """(name, database that it begins with, words) of all commands that write."""
        grown = os.path.join(self.folder, 'grown.db')
        shutil.copy(self.base, grown)
        self.expect(self.run('import', self.logs, '--host-from', 'logs/{host}/*', db=grown), 'grown')
        settle(grown)
        older = os.path.join(self.folder, 'older.db')
        shutil.copy(grown, older)
        with sqlite3.connect(older) as db:
            db.execute('DROP TABLE chainEntry')
            db.execute("DELETE FROM grdb_migrations WHERE identifier LIKE '%chain%'")
        settle(older)
        return [
            ('import, first', None, ['import', self.logs, '--host-from', 'logs/{host}/*']),
            ('import, more', self.base, ['import', self.logs, '--host-from', 'logs/{host}/*']),
            ('refresh', grown, ['db', 'refresh', '--force']),
            ('forget', grown, ['forget', '--host', 'db-1', '--yes']),
            ('compact', grown, ['db', 'compact']),
            ('backup', grown, ['db', 'backup', os.path.join(self.folder, 'work', 'copy.db')]),
            ('migration', older, ['db', 'migrate']),
        ]

    def fresh(self, start):
        work = os.path.join(self.folder, 'work')
        shutil.rmtree(work, ignore_errors=True)
        os.mkdir(work)
        db = os.path.join(work, 'bench.db')
        if start:
            shutil.copy(start, db)
        return work, db

    def faulty(self, kind):
        for name, start, words in self.changes():
            work, db = self.fresh(start)
            env = {'LD_PRELOAD': self.shim, 'FAULT_BELOW': work,
                   'FAULT_COUNT': os.path.join(self.folder, 'count')}
            before = None if start is None else self.runs(start if 'older' not in start else self.grown_of(start))
            self.expect(self.run(*words, db=db, env=env), name)
            with open(os.path.join(self.folder, 'count')) as file:
                count = int(file.read())
            after = self.runs(db)
            ends = {}
            for place in range(1, count + 1, self.every):
                self.fault_at(kind, name, start, words, place, before, after, ends)
            told = ', '.join(f'{value} with exit {key}' for key, value in sorted(ends.items()))
            print(f'{kind:5} {name:14} {len(range(1, count + 1, self.every)):4} of {count:4} writes: {told}', flush=True)

    def grown_of(self, older):
        """The same runs in a database of today: an older one would be migrated by being read."""
        return os.path.join(os.path.dirname(older), 'grown.db')

    def fault_at(self, kind, name, start, words, place, before, after, ends):
        work, db = self.fresh(start)
        result = self.run(*words, db=db, env={
            'LD_PRELOAD': self.shim, 'FAULT_BELOW': work, 'FAULT_AT': str(place), 'FAULT_KIND': kind})
        ends[result.returncode] = ends.get(result.returncode, 0) + 1
        what = f'{kind} at write {place} of {name}'
        if result.returncode not in ((-9,) if kind == 'kill' else (0, 2, 4)):
            self.note(f'{what}: exit {result.returncode}: {result.stderr[-200:].decode()}')
        now = self.runs(db)
        if now not in (before, after) and not (before is None and empty(now)):
            self.note(f'{what}: neither as before nor as after')
        if kind == 'full' and result.returncode in (0, 4) and now != after:
            self.note(f'{what}: said to be done, and is not')
        if now is not None:
            self.expect(self.run('db', 'check', '--deep', db=db), f'{what}: check')
        copy = os.path.join(work, 'copy.db')
        if os.path.exists(copy):
            self.expect(self.run('db', 'check', db=copy), f'{what}: check of the copy')
            if self.runs(copy) != after:
                self.note(f'{what}: a copy that lacks something')
            os.unlink(copy)
        again = self.run(*words, db=db)
        if again.returncode != 0 and now != after:
            self.note(f'{what}: again: exit {again.returncode}: {again.stderr[-200:].decode()}')
        if self.runs(db) != after:
            self.note(f'{what}: not as it should be when done again')
        left = [file for file in os.listdir(work) if '.new' in file]
        if left:
            self.note(f'{what}: left {left}')

    # -- Many at once ---------------------------------------------------------------------------

    def crowd(self):
        """Importers and readers of one database at once."""
        work, db = self.fresh(self.base)
        importers, readers, days = 8, 4, 6
        with open(os.path.join(SAMPLES, 'db-1', '1-v1.1.0.log'), 'rb') as file:
            log = file.read()
        for importer in range(importers):
            os.mkdir(os.path.join(work, str(importer)))
            for day in range(days):
                text = re.sub(rb'Initializing [^\n]*', b'Initializing 2026-03-%02dT03:00:00+00:00' % (day + 1), log)
                with open(os.path.join(work, str(importer), f'{day}.log'), 'wb') as file:
                    file.write(text)
        jobs = [['import', os.path.join(work, str(number), f'{day}.log'), '--host', f'host-{number}']
                for day in range(days) for number in range(importers)]
        jobs += [words for _ in range(readers * days) for words in
                 (['hosts'], ['gate'], ['show', 'latest'], ['db', 'check'])]
        with ThreadPoolExecutor(importers + readers) as pool:
            for words, result in zip(jobs, pool.map(lambda words: self.run(*words, db=db), jobs)):
                if result.returncode not in (0, 1):
                    self.note(f'{words}: exit {result.returncode}: {result.stderr[-200:].decode()}')
        self.expect(self.run('db', 'check', '--deep', db=db), 'check after all')
        stored = self.runs(db).count(b'"host"') - self.runs(self.base).count(b'"host"')
        if stored != importers * days:
            self.note(f'{stored} of {importers * days} runs are there')
        print(f'crowd {importers * days} imports and {readers * days * 4} readings, '
              f'{importers + readers} at once: {stored} runs stored')

    # -- Damage ---------------------------------------------------------------------------------

    READERS = [['hosts'], ['runs'], ['status', 'web-1'], ['show', 'latest'], ['compare'], ['trend'], ['top'],
               ['gate'], ['shortlist'], ['stride'], ['threats'], ['report'], ['export', '--format', 'json'],
               ['db', 'log'], ['db', 'check', '--deep'], ['db', 'backup', 'damaged-copy.db']]

    def damage(self):
        """Every page with several flipped bits: no command may trap, and check must see every change of content."""
        work, db = self.fresh(self.base)
        with open(self.base, 'rb') as file:
            sound = file.read()
        content = dump(self.base)
        size = int.from_bytes(sound[16:18], 'big')
        flips, trapped, changed, seen, commands = 0, 0, 0, 0, 0
        for page in range(0, len(sound) // size, self.every):
            for number in range(4):
                digest = hashlib.sha256(f'{page} {number}'.encode()).digest()
                damaged = bytearray(sound)
                reach = 64 if number == 0 else size
                damaged[page * size + int.from_bytes(digest[:4], 'big') % reach] ^= 1 << digest[4] % 8
                for ending in ENDINGS:
                    if os.path.exists(db + ending):
                        os.unlink(db + ending)
                with open(db, 'wb') as file:
                    file.write(damaged)
                flips += 1
                is_changed = dump(db) != content
                check = self.run('db', 'check', '--deep', db=db)
                changed += is_changed
                seen += is_changed and check.returncode == 2
                if is_changed and check.returncode != 2:
                    self.note(f'page {page + 1}, flip {number}: check is silent: exit {check.returncode}')
                for words in self.READERS[number::4]:
                    result = self.run(*words, db=db)
                    commands += 1
                    if result.returncode not in (0, 1, 2, 3):
                        trapped += 1
                        self.note(f'page {page + 1}, flip {number}, {words}: exit {result.returncode}')
                    copy = os.path.join(self.folder, 'damaged-copy.db')
                    if os.path.exists(copy):
                        os.unlink(copy)
        print(f'damage {flips} files with a flipped bit, {commands} commands: {trapped} traps; '
              f'check saw {seen} of {changed} changes of content')

    VALUES = ['NULL', '-9223372036854775808', '9223372036854775807', '-1', '300', "'text'", "x'00'", '1.5']

    def values(self):
        """Every column of every table with values that it can't have."""
        work, db = self.fresh(self.base)
        with sqlite3.connect(self.base) as sound:
            tables = sound.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            columns = [(table, sql, row[1]) for table, sql in tables
                       for row in sound.execute(f'PRAGMA table_info({table})')]
        count, trapped, seen, commands = 0, 0, 0, 0
        for table, sql, column in columns[::self.every]:
            for value in self.VALUES:
                for ending in ENDINGS:
                    if os.path.exists(db + ending):
                        os.unlink(db + ending)
                shutil.copy(self.base, db)
                if not spoil(db, table, sql, column, value):
                    continue
                # Only a fold shows all that can be wrong with what is known of hosts.
                check = self.run('db', 'check', '--deep', db=db)
                count += 1
                seen += check.returncode == 2
                if check.returncode != 2:
                    self.note(f'{table}.{column} = {value}: check is silent: exit {check.returncode}')
                for words in self.READERS[count % 5::5]:
                    result = self.run(*words, db=db)
                    commands += 1
                    if result.returncode not in (0, 1, 2, 3):
                        trapped += 1
                        self.note(f'{table}.{column} = {value}, {words}: exit {result.returncode}')
        print(f'values {count} files with a value that can\'t be, {commands} commands: {trapped} traps; check saw {seen}')


def spoil(path, table, sql, column, value):
    """Sets a column to a value that its table forbids; False where no row can have it."""
    loose = sql.replace(' STRICT', '').replace(', WITHOUT', ' WITHOUT').replace('NOT NULL', '')
    loose = re.sub(r'(\w+) (INTEGER|TEXT|BLOB)(?! PRIMARY)', r'\1', loose)
    for text in (loose, None, sql):
        db = sqlite3.connect(path, isolation_level=None)
        try:
            db.execute('PRAGMA ignore_check_constraints = ON')
            if text is None:
                before = db.total_changes
                db.execute(f'UPDATE OR IGNORE {table} SET {column} = {value} WHERE {column} IS NOT {value}')
                if db.total_changes == before:
                    return False
            else:
                db.execute('PRAGMA writable_schema = ON')
                db.execute('UPDATE sqlite_master SET sql = ? WHERE name = ?', (text, table))
                version = db.execute('PRAGMA schema_version').fetchone()[0]
                db.execute(f'PRAGMA schema_version = {version + 1}')
        except sqlite3.Error:
            return False
        finally:
            db.close()
    return True


def settle(path):
    """Brings all of a database into its one file."""
    db = sqlite3.connect(path)
    db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()


def dump(path):
    """All that a database says, or why it says nothing."""
    db = sqlite3.connect(f'file:{path}?immutable=1', uri=True)
    db.text_factory = bytes
    try:
        tables = db.execute('SELECT name, sql FROM sqlite_master ORDER BY 1, 2').fetchall()
        names = [name.decode() for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return tables, [(name, db.execute(f'SELECT * FROM "{name}" NOT INDEXED').fetchall()) for name in names]
    except (sqlite3.Error, UnicodeError) as error:
        return str(error)
    finally:
        db.close()


def empty(runs):
    return runs is not None and b'"host"' not in runs


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('binary')
    arguments.add_argument('parts', nargs='*')
    arguments.add_argument('--every', type=int, default=1)
    chosen = arguments.parse_args()
    campaign = Campaign(chosen.binary, chosen.every)
    parts = {'kill': lambda: campaign.faulty('kill'), 'full': lambda: campaign.faulty('full'),
             'crowd': campaign.crowd, 'damage': campaign.damage, 'values': campaign.values}
    for part in chosen.parts or parts:
        parts[part]()
    shutil.rmtree(campaign.folder)
    print(f'{len(campaign.faults)} faults')
    sys.exit(1 if campaign.faults else 0)


main()
