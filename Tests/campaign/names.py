"""Names made to break out, through every output, each read by a real parser of its format."""
import csv, io, json, os, subprocess, sys, tempfile, unicodedata

import html5lib, yaml

BINARY = os.path.abspath(sys.argv[1])
NAMES = [
    'web', "it's", 'a"b', 'a`id`b', '$(id)', '${HOME}', 'a;id', 'a|b', 'a&b', '<script>alert(1)</script>', '&lt;', ']]>',
    '<!--', '--%3E', "'><img/src=x>", '=1+1', '+1', '-1', '@SUM(A1)', 'a,b', 'a:\xa0b', '#a', '- a', '? a', '!a', '%a', '*a',
    '{{a}}', '[a](javascript:x)', '![a](http://x.y/z)', '**a**', '__a__', '@everyone', '#1', 'http://x.y/z', '\\', '\\n', '\\"', 'a\\',
    'a\u202eb', 'a\u00adb', 'a\u180eb', 'a\u200bb', 'a\u2066b', 'a\ufe0fb', 'a\u3164b', 'a\U000e0041b', 'a\ufeffb', 'a\u2028b',
    'e\u0301', '\u0301', '\U0001f600', '中', 'ﷺ' * 8, 'a' * 1100, 'b' * 5000, '..', '/etc/passwd', 'null', 'true', '1e9', '::set-output::x',
    '%0A', "';DROP TABLE run;--", 'a\x7fb', 'a\x85b', '\ufffd', '\ufffe',
]
HOSTS = ['a"b<i>`$(id)`\u202e=1', 'caf\u00e9', 'cafe\u0301', 'x' * 1100]
faults = []


def run(*arguments, **options):
    done = subprocess.run([BINARY, *arguments], capture_output=True, timeout=120, **options)
    if done.returncode not in (0, 1, 3):
        faults.append(f'{arguments[:3]}: exit {done.returncode} {done.stderr[-200:]!r}')
    return done.stdout


def is_hidden(character):
    """Whether a character may steer or vanish: by category, and by the ranges of Default_Ignorable_Code_Point."""
    code = ord(character)
    ranges = [(0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
              (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
              (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)]
    return (unicodedata.category(character) in ('Cc', 'Zl', 'Zp') and character != '\n') or any(
        low <= code <= high for low, high in ranges)


def check(what, text):
    try:
        text = text.decode()
    except UnicodeDecodeError as error:
        faults.append(f'{what}: {error}')
        return ''
    hidden = {f'U+{ord(character):04X}' for character in text if is_hidden(character)}
    if hidden: faults.append(f'{what}: shows {" ".join(sorted(hidden))}')
    return text


def parse(what, read):
    try:
        return read()
    except Exception as error:
        faults.append(f'{what}: {type(error).__name__} {str(error)[:200]}')


def page(what, text):
    parse(what, lambda: html5lib.HTMLParser(strict=False).parse(text))
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    own = {script.get('src') for script in tree.iter('script')} - {None}
    if own or any(image.get('src', '').startswith('x') for image in tree.iter('img')):
        faults.append(f'{what}: a name became markup')


def tool(what, command, text):
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    if done.returncode: faults.append(f'{what}: {command[0]} says {done.stderr[:200]!r}')


def snippets(document, folder):
    """The texts to apply, each by what would read it."""
    def walk(value):
        if isinstance(value, dict):
            if 'text' in value and 'language' in value: yield value
            for member in value.values(): yield from walk(member)
        elif isinstance(value, list):
            for member in value: yield from walk(member)
    count = 0
    for snippet in walk(document):
        count += 1
        what, text, language = f'snippet {snippet.get("kind")}', snippet['text'], snippet['language']
        if language == 'yaml':
            class Loader(yaml.SafeLoader): pass
            Loader.add_constructor('!reset', lambda loader, node: None)
            parse(what, lambda: list(yaml.load_all(text, Loader)))
        elif language == 'json': parse(what, lambda: json.loads(text))
        elif language in ('sh', 'bash', 'shell'): tool(what, ['bash', '-n'], text)
    return count


def main():
    with tempfile.TemporaryDirectory(prefix='campaign-') as folder:
        log, database = os.path.join(folder, 'log'), os.path.join(folder, 'trail.db')
        checks = [('5.2', 'Ensure that, if applicable, an AppArmor Profile is enabled (Automated)', 'No AppArmorProfile Found: '),
                  ('5.11', 'Ensure that the memory usage for containers is limited (Automated)', 'Container running without memory restrictions: '),
                  ('5.13', "Ensure that the container's root filesystem is mounted as read only (Automated)", 'Container running with root FS mounted R/W: ')]
        with open(log, 'wb') as file:
            file.write(b'# Docker Bench for Security v1.6.0\n\nInitializing 2026-01-01T00:00:00+00:00\n\n\n[INFO] 5 - Container Runtime\n')
            for number, title, line in checks:
                file.write(f'[WARN] {number}  - {title}\n'.encode())
                for name in NAMES: file.write(f'[WARN]      * {line}{name}\n'.encode())
        for host in HOSTS: run('import', log, '--host', host, '--db', database)
        # Titles that nobody knows, of a host of their own.
        titles = os.path.join(folder, 'titles')
        with open(titles, 'wb') as file:
            file.write(b'Initializing 2026-01-01T00:00:00+00:00\n')
            for name in NAMES: file.write(f'[WARN] 9.9  - {name}\n'.encode())
        run('import', titles, '--host', 'titles', '--db', database)
        # A file and a host that are not UTF-8.
        os.makedirs(os.path.join(folder.encode(), b'caf\xe9'))
        for name in (b'caf\xe9', b'caf\xe8'):
            os.makedirs(os.path.join(folder.encode(), name), exist_ok=True)
            with open(os.path.join(folder.encode(), name, b'b.log'), 'wb') as file, open(log, 'rb') as source: file.write(source.read())
            run('import', os.path.join(folder.encode(), name), '--host-from', '{host}/*.log', '--db', database)
        hosts = parse('hosts', lambda: json.loads(check('hosts --format json', run('hosts', '--db', database, '--format', 'json'))))
        rows = next((value for value in (hosts or {}).values() if isinstance(value, list)), [])
        count = len(rows)
        if count != len(HOSTS) + 3: faults.append(f'{count} hosts of {len(HOSTS) + 3}: some merged')
        outputs = 0
        commands = [('show', HOSTS[1]), ('hosts',), ('status', HOSTS[1]), ('runs',), ('top',), ('trend',), ('stride',), ('threats',), ('shortlist',), ('report',)]
        for command in commands:
            for form in ('text', 'markdown', 'html', 'json'):
                if command == ('report',) and form == 'json': continue
                outputs += 1
                what = f'{command[0]} --format {form}'
                text = check(what, run(*command, '--db', database, '--format', form))
                if form == 'json':
                    document = parse(what, lambda: json.loads(text))
                    if command == ('shortlist',): print(f'{snippets(document, folder)} snippets read')
                elif form == 'html': page(what, text)
                elif form == 'markdown' and any(len(row) > 4096 for row in text.split('\n') if row.startswith('|')):
                    faults.append(f'{what}: a row of {max(map(len, text.split(chr(10))))} characters')
        for form in ('json', 'ndjson', 'csv', 'sarif', 'junit', 'openmetrics', 'defectdojo', 'ocsf', 'hdf'):
            outputs += 1
            what = f'export --format {form}'
            text = check(what, run('export', '--db', database, '--format', form)) if form != 'csv' else run(
                'export', '--db', database, '--format', form).decode()
            if form == 'csv':
                rows = list(csv.reader(io.StringIO(text, newline='')))
                if len({len(row) for row in rows}) != 1: faults.append(f'{what}: rows of unlike length')
                if any(cell[:1] in ('=', '+', '@', '\t', '\r') for row in rows for cell in row): faults.append(f'{what}: a cell is a formula')
            elif form == 'junit': tool(what, ['xmllint', '--noout', '-'], text)
            elif form in ('ndjson', 'ocsf'): parse(what, lambda: [json.loads(line) for line in text.splitlines() if line])
            elif form != 'openmetrics': parse(what, lambda: json.loads(text))
    print(f'{len(NAMES)} names, {len(HOSTS) + 3} hosts, {outputs} outputs read: ' + (f'{len(faults)} faults' if faults else 'no fault'))
    print(*faults, sep='\n')
    sys.exit(1 if faults else 0)


main()
