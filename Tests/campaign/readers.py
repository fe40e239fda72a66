"""What logs made to be slow or large cost: each at n and at 4n bytes, with its growth and peak memory.

A log of four times the size may take 4.5 times the time, and no import more than 256 MB.
"""
import base64, gzip, json, os, sys, tempfile, time

BINARY = os.path.abspath(sys.argv[1])
SIZE = int(os.environ.get('CAMPAIGN_BYTES', 1 << 20))
MOST_GROWTH, MOST_MB, MOST_SECONDS = 4.5, 256, int(os.environ.get('CAMPAIGN_SECONDS', 120))
START = b'# Docker Bench for Security v1.6.0\n\nInitializing 2026-01-01T00:00:00+00:00\n\n\n'
CHECK = b'[WARN] 5.1  - Ensure that, if applicable, an AppArmor Profile is enabled (Automated)\n'
SMALL = START + CHECK + b'[WARN]      * No AppArmorProfile Found: web\n'


def lines(line):
    return lambda size: line * (size // len(line))


def numbered(head, form, tail=b''):
    """A head, and lines that differ."""
    def make(size):
        out, number, length = [head], 0, len(head)
        while length < size:
            line = form % number
            out.append(line)
            length, number = length + len(line), number + 1
        return b''.join(out) + tail
    return make


def result(**members):
    check = {'id': '5.1', 'desc': 'Ensure that, if applicable, an AppArmor Profile is enabled', 'result': 'WARN'}
    return lambda size: json.dumps(
        {'dockerbenchsecurity': '1.6.0', 'start': 1700000000, 'tests': [{'id': '5', 'desc': 'x', 'results': [
            check | {name: member(size) for name, member in members.items()}]}], 'end': 1700000009}).encode()


def wrapped(form):
    """A small log again and again, each line in a capture's form."""
    return lambda size: b''.join(form(line) for line in (SMALL * (size // len(SMALL))).split(b'\n'))


def driver(line):
    return json.dumps({'log': line.decode() + '\n', 'stream': 'stdout', 'time': '2026-01-01T00:00:00Z'}).encode() + b'\n'


GENERATORS = {
    'beginnings': lines(b'Initializing 2026-01-01T00:00:00+00:00\n'),
    'runs of one check': lines(b'Initializing 2026-01-01T00:00:00+00:00\n[PASS] 1.1  - x\n'),
    'banners': lines(b'# Docker Bench for Security v1.6.0\n'),
    'one check repeated': lambda size: START + lines(b'[WARN] 1.1  - x\n')(size),
    'checks that differ': numbered(START, b'[WARN] 1.%d  - x\n'),
    'checks without an id': numbered(START + CHECK, b'[WARN] Ensure %d\n'),
    'containers': numbered(SMALL, b'[WARN]      * No AppArmorProfile Found: web-%d\n'),
    'users of a list': numbered(START + b'[WARN] 1.6  - Only allow trusted users\n[INFO]      * Users: a', b',u%d', b'\n'),
    'lines of other programs': numbered(SMALL, b'noise %d\n'),
    'long names': lambda size: SMALL + b'[WARN]      * No AppArmorProfile Found: ' + b'a' * size + b'\n',
    'blank lines': lambda size: SMALL + b'\n' * size,
    'carriage returns': lambda size: SMALL + b'\r' * size + b'\n',
    'one line': lambda size: SMALL.replace(b'\n', b'\\n') * (size // len(SMALL)),
    'escape sequences': lambda size: SMALL + b'\x1b[31m' * (size // 5) + b'\n',
    'escapes that do not end': lambda size: SMALL + b'\x1b[' * (size // 2),
    'marks in a line': lambda size: START + b'[WARN] 1.1 - x' * (size // 14),
    'spelled escapes': lambda size: SMALL + b'\\u001b[31m\\x41' * (size // 14),
    'nothing but NUL': lambda size: SMALL + b'\0' * size,
    'no UTF-8': lambda size: START + (b'[WARN] 5.1  - \xff\xfe\n' * (size // 16)),
    'UTF-16': lambda size: b'\xff\xfe' + (SMALL * (size // len(SMALL) // 2)).decode().encode('utf-16-le'),
    'Base64': lambda size: base64.encodebytes(SMALL * (size * 3 // 4 // len(SMALL))),
    'results of kube-bench': numbered(b'[INFO] 1 Master\n[INFO] 1.1 Files\n', b'[FAIL] 1.1.%d Ensure\n'),
    'headings of kube-bench': numbered(b'', b'[INFO] %d Master\n\n[PASS] 1.1.1 Ensure\n'),
    'remediations': numbered(b'[INFO] 1 M\n[INFO] 1.1 F\n[FAIL] 1.1.1 E\n\n== Remediations master ==\n', b'1.1.%d audit test did not run: x\n'),
    'summaries': lines(b'== Summary master ==\n1 checks PASS\n1 checks FAIL\n0 checks WARN\n0 checks INFO\n'),
    'items of JSON': result(items=lambda size: ['container-%d' % i for i in range(size // 18)]),
    'details of JSON': result(details=lambda size: 'Containers: ' + 'web ' * (size // 4)),
    'flat JSON': numbered(b'{"dockerbenchsecurity":"1.3.4","start":1500000000', b',\n"5.4":"WARN: web-%d"', b'}'),
    'results of JSON': numbered(b'{"dockerbenchsecurity":"1.6.0","start":1,"tests":[{"results":[{}', b',{"id":"5.%d","desc":"x","result":"WARN"}', b']}]}'),
    'JSON of kube-bench': numbered(b'{"Controls":[{"id":"1","version":"cis-1.6","node_type":"master","tests":[{"results":[{}', b',{"test_number":"1.%d","test_desc":"x","status":"FAIL","actual_value":"a"}', b']}]}]}'),
    'lists in lists': lambda size: b'[' * size,
    'objects in objects': lambda size: b'{"a":' * (size // 5),
    'empty lists': lambda size: b'[' + b'[],' * (size // 3) + b'0]',
    'numbers': lambda size: b'[' + b'1,' * (size // 2) + b'1]',
    'short strings': lambda size: b'[' + b'"a",' * (size // 4) + b'"a"]',
    'escapes of JSON': lambda size: b'{"log":"' + b'\\u005b' * (size // 6) + b'"}',
    'a key repeated': lambda size: b'{' + b'"tests":1,' * (size // 10) + b'"a":1}',
    'lines of a log driver': wrapped(driver),
    'pods': wrapped(lambda line: b'[pod/a-1/kube-bench] ' + line + b'\n'),
    'hosts that differ': numbered(b'', b'web-%d | [PASS] 1.1  - x\n'),
    'journal': wrapped(lambda line: b'Jan  1 00:00:00 web-1 bench[1]: ' + line + b'\n'),
    'YAML': lambda size: b'- host: web-1\n  stdout_lines:\n' + wrapped(lambda line: b'    - ' + json.dumps(line.decode()).encode() + b'\n')(size),
    'lists of YAML': lambda size: b'host: web-1\nstdout_lines:\n' + b'- - - - - - - -\n' * (size // 16),
    'JUnit': numbered(b'<testsuites><testsuite name="1 Master">', b'<testcase name="1.1.%d a"><failure>x</failure></testcase>', b'</testsuite></testsuites>'),
    'a table': numbered(b'host,line\n', b'web-1,"[PASS] 1.%d  - x"\n'),
    'pipes': lambda size: b'| a | b |\n|---|---|\n' + b'| [PASS] 1.1 - x | y |\n' * (size // 23),
}


def measure(data, path):
    """Seconds, peak MB and exit code of an import."""
    with open(path, 'wb') as file:
        file.write(data)
    database = path + '.db'
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv('/usr/bin/timeout', ['timeout', str(MOST_SECONDS), BINARY, 'import', path, '--host', 'h', '--db', database])
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - started
    for name in (path, database, database + '-wal', database + '-shm'):
        if os.path.exists(name):
            os.remove(name)
    return seconds, usage.ru_maxrss >> 10, os.waitstatus_to_exitcode(status)


def main():
    folder = tempfile.mkdtemp(prefix='campaign-')
    path = os.path.join(folder, 'log')
    bad, worst = [], (0, 0)
    chosen = [name for name in GENERATORS if not sys.argv[2:] or name in sys.argv[2:]]
    idle = min(measure(SMALL, path)[0] for _ in range(3))
    print(f'{"readers":28} {"bytes":>9} {"s":>6} {"4n: s":>6} {"growth":>6} {"MB":>5} {"4n: MB":>6}')
    def report(name, ones, fours, count):
        nonlocal worst
        growth = (fours[0] - idle) / max(ones[0] - idle, 0.1)
        faults = []
        if growth > MOST_GROWTH and fours[0] > idle + 0.5: faults.append('grows')
        if max(ones[1], fours[1]) > MOST_MB: faults.append('large')
        if not {ones[2], fours[2]} <= {0, 2}: faults.append(f'exit {ones[2]}, {fours[2]}')
        worst = (max(worst[0], growth if fours[0] > idle + 0.5 else 0), max(worst[1], fours[1]))
        if faults: bad.append(name)
        print(f'{name:28} {count:9} {ones[0]:6.2f} {fours[0]:6.2f} {growth:6.1f} {ones[1]:5} {fours[1]:6} {" ".join(faults)}', flush=True)
    for name in chosen:
        make = GENERATORS[name]
        ones, fours = measure(make(SIZE), path), measure(make(4 * SIZE), path)
        if fours[0] - idle > MOST_GROWTH * max(ones[0] - idle, 0.1):
            # A machine that did something else looks like growth.
            ones, fours = max(ones, measure(make(SIZE), path)), min(fours, measure(make(4 * SIZE), path))
        report(name, ones, fours, SIZE)
    if not sys.argv[2:]:
        # Far more in gzip than its bytes show.
        def runs(count):
            return gzip.compress(b''.join(START + b'[WARN] 1.1  - x\n' * 900_000 for _ in range(count)), 1)
        one, four = runs(3), runs(12)
        report('long runs in gzip', measure(one, path), measure(four, path), len(one))
    os.rmdir(folder)
    print(f'{len(chosen)} readers\' worst logs: growth at most {worst[0]:.1f}, memory at most {worst[1]} MB; '
          + (f'{len(bad)} beyond the limits: {", ".join(bad)}' if bad else 'none beyond the limits'))
    sys.exit(1 if bad else 0)


main()
