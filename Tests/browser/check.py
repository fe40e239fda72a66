"""Checks pages of the HTML report in headless Chromium.

    check.py --fleet F.html --host H.html --clean C.html --hostile X.html

Each page is optional. Prints 'ok NAME' or 'FAIL NAME: what' for each step; exits with 1 if one failed, and with 77
where Chromium, selenium or axe is missing. --only WORD runs the steps that have the word in their names.
"""

import argparse
import io
import pathlib
import re
import unicodedata
import shutil
import subprocess
import sys
import traceback

sys.dont_write_bytecode = True  # Nothing is left beside the sources.
import browser as browsers

# What the pages are made of; the steps name nothing else of their markup.
CARD = ".findings details.card"
BAR = ".findings .filters"
SEARCH = BAR + " input[type=search]"
CLEAR = BAR + " button.clear"
COUNT = BAR + " [aria-live]"
BLOCK = ".steps pre, .card pre"
COPY = "button.copy"
FOCUSABLE = "a[href], button, input, select, summary, [tabindex='0']"

# What the hosts and items of the hostile page are called.
HOSTILE = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"]

# Warnings of tidy about what is HTML all the same.
TIDY_KNOWS_NOT = re.compile(
    r'trimming empty|proprietary attribute "(hidden|inputmode|enterkeyhint|spellcheck)"')


class Failed(Exception):
    """What a step found wrong."""


def need(holds, what):
    if not holds:
        raise Failed(what)


def some(things):
    """The first few of a list in words."""
    things = list(things)
    return "; ".join(map(str, things[:5])) + (f"; and {len(things) - 5} more" if len(things) > 5 else "")


def squeezed(text):
    """A text without its blanks and ligatures, which a PDF does not keep or makes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class Check:
    """The steps over one page."""

    def __init__(self, browser, path):
        self.browser = browser
        self.path = path

    # What the steps share

    def open(self, fragment="", script=True, **shown):
        self.browser.show(**shown)
        self.browser.cdp("Emulation.setScriptExecutionDisabled", value=not script)
        self.browser.open(self.path, fragment)

    def all(self, selector):
        return self.browser.driver.find_elements("css selector", selector)

    def one(self, selector):
        found = self.all(selector)
        need(found, f"there is no {selector}")
        return found[0]

    def js(self, text, *arguments):
        return self.browser.js(text, *arguments)

    def wait(self, text, what):
        """Waits until an expression holds: the script may answer an input later."""
        done = self.browser.driver.execute_async_script(
            "const done = arguments[0], end = Date.now() + 3000;"
            f"const look = () => {{ if ({text}) done(true); else if (Date.now() > end) done(false);"
            "else setTimeout(look, 20) }; look()")
        need(done, what)

    def pause(self):
        """Lets the script answer, and the log be written."""
        self.browser.driver.execute_async_script("setTimeout(arguments[0], 60)")

    def is_visible(self, element):
        return self.js("return arguments[0].checkVisibility({visibilityProperty: true})", element)

    def cards(self):
        """The cards that are visible, each by its number and what its attributes say."""
        return self.js(
            "return Array.from(document.querySelectorAll(arguments[0])).map((card, number) => "
            "card.checkVisibility() ? {number, text: card.textContent, ...card.dataset} : null)"
            ".filter(card => card)", CARD)

    def total(self):
        """How many findings the file says there are."""
        text = pathlib.Path(self.path).read_text(encoding="utf-8")
        found = re.search(r'aria-live="polite">([\d,]+) finding', text)
        need(found, "the file does not say how many findings there are")
        return int(found[1].replace(",", ""))

    def has_cards(self):
        return self.js("return document.querySelector(arguments[0]) !== null", CARD)

    def expect_shown(self, wanted, what):
        """Exactly the cards are visible that are wanted, and the count says how many."""
        self.pause()
        shown = self.cards()
        strangers = [card["number"] for card in shown if not wanted(card)]
        need(not strangers, f"{what}: cards are visible that should not be: {some(strangers)}")
        need(len(shown) == sum(map(wanted, self.every)),
             f"{what}: {len(shown)} cards are visible of {sum(map(wanted, self.every))}")
        count = self.one(COUNT).text
        numbers = re.findall(r"\d+", count.replace(",", ""))
        need(numbers and int(numbers[0]) == len(shown), f"{what}: {len(shown)} are visible, the count says '{count}'")

    def open_filters(self):
        self.open()
        self.every = self.cards()
        need(self.is_visible(self.one(BAR)), "the filter bar is not visible")

    def options(self, name):
        """The values of a filter's chips or select that choose some cards and not all, each with its element."""
        found = self.all(f"{BAR} [data-filter={name}] button[data-value], {BAR} [data-filter={name}] option[value]")
        pairs = [(self.js("return arguments[0].dataset.value ?? arguments[0].value", each), each) for each in found]
        return [pair for pair in pairs if pair[0] and 0 < sum(self.has(name, pair[0])(card) for card in self.every)
                < len(self.every)]

    @staticmethod
    def has(name, value):
        return lambda card: value in card.get(name, "").split()

    def choose(self, element):
        if element.tag_name == "option":
            self.js("const s = arguments[0].closest('select'); s.value = arguments[0].value;"
                    "s.dispatchEvent(new Event('input', {bubbles: true}));"
                    "s.dispatchEvent(new Event('change', {bubbles: true}))", element)
        else:
            self.browser.click(element)

    def type(self, text):
        box = self.one(SEARCH)
        self.browser.click(box)
        self.browser.cdp("Input.insertText", text=text)

    # Steps for every page

    def axe(self, **shown):
        self.open(**shown)
        self.js("for (const each of document.querySelectorAll('details')) each.open = true")
        self.js(browsers.axe_source() + "; window.axe = axe")
        result = self.browser.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document).then(done, error => done({error: String(error)}))")
        need("error" not in result, result.get("error"))
        need(not result["violations"], some(
            f"{rule['id']} ({len(rule['nodes'])}): {node['html'][:160]} "
            + " ".join(node["failureSummary"].split())[:200]
            for rule in result["violations"] for node in rule["nodes"][:2]))

    def step_axe_light(self):
        self.axe()

    def step_axe_dark(self):
        self.axe(scheme="dark")

    def step_axe_narrow(self):
        self.axe(width=390)

    def step_markup(self):
        import html5lib
        text = pathlib.Path(self.path).read_text(encoding="utf-8")
        parser = html5lib.HTMLParser()
        parser.parse(text)
        need(not parser.errors, some(f"{place}: {name} {data}" for place, name, data in parser.errors))
        self.open()
        twice = self.js("const ids = Array.from(document.querySelectorAll('[id]'), each => each.id);"
                        "return ids.filter((id, place) => ids.indexOf(id) !== place)")
        need(not twice, f"ids that are there twice: {some(twice)}")
        lost = self.js("return Array.from(document.querySelectorAll('a[href^=\"#\"]'),"
                       "a => a.hash.slice(1).split('?')[0])"
                       ".filter(id => !document.getElementById(id))")
        need(not lost, f"links that lead nowhere: {some(lost)}")

    def step_tidy(self):
        if not shutil.which("tidy"):
            return
        result = subprocess.run(["tidy", "-q", "-e", "--warn-proprietary-attributes", "no", "--drop-empty-elements",
                                 "no", self.path], capture_output=True, text=True, check=False)
        lines = [line for line in result.stderr.splitlines() if line and not TIDY_KNOWS_NOT.search(line)]
        need(not lines, some(lines))

    def step_quiet(self):
        """Nothing is asked for but the file itself, and nothing is complained about, whatever is used."""
        self.open()
        self.js("for (const each of document.querySelectorAll('details')) each.open = true;"
                "for (const each of document.querySelectorAll('main button')) each.click();"
                "for (const each of document.querySelectorAll('details')) each.open = false")
        self.pause()
        own = pathlib.Path(self.path).resolve().as_uri()
        addresses, messages = self.browser.logs()
        others = [each for each in addresses if each.split("#")[0] != own]
        need(not others, f"requests: {some(others)}")
        need(not messages, f"console: {some(messages)}")

    def step_narrow(self):
        for width in [390, 320]:
            for is_open in [False, True]:
                self.open(width=width)
                self.js("for (const each of document.querySelectorAll('details')) each.open = arguments[0]", is_open)
                wide = self.js("return document.documentElement.scrollWidth")
                culprits = wide > width and self.js(
                    "return Array.from(document.querySelectorAll('body *')).filter(each => {"
                    "for (let a = each.parentElement; a; a = a.parentElement)"
                    "  if (a !== document.documentElement && a !== document.body"
                    "      && getComputedStyle(a).overflowX !== 'visible') return false;"
                    "return each.getBoundingClientRect().right > arguments[0] + 0.5 }).slice(0, 3)"
                    ".map(each => each.outerHTML.slice(0, 100))", width)
                need(wide <= width, f"{wide} px wide in {width}, details {'open' if is_open else 'closed'}: {culprits}")

    def step_chart_text(self):
        self.open(width=390)
        small = self.js(
            "return Array.from(document.querySelectorAll('svg text')).filter(text => text.checkVisibility())"
            ".map(text => ({text: text.textContent, size: parseFloat(getComputedStyle(text).fontSize)"
            " * Math.abs(text.getScreenCTM().d)})).filter(each => each.size < 9.95)")
        need(not small, some(f"'{each['text']}' {each['size']:.1f} px" for each in small))

    def step_keyboard(self):
        """Tab reaches all in order, and shows where it is; back as well."""
        self.open()
        self.js("for (const each of document.querySelectorAll('details')) each.open = true")
        count = self.js(
            "window.stops = Array.from(document.querySelectorAll(arguments[0])).filter(each => !each.disabled"
            " && each.checkVisibility({visibilityProperty: true}));"
            "window.looks = each => { const s = getComputedStyle(each), a = getComputedStyle(each, '::after');"
            "  return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor,"
            "  a.outlineStyle, a.boxShadow].join() };"
            "window.before = new Map(stops.map(each => [each, looks(each)])); return stops.length", FOCUSABLE)
        plain, covered = set(), set()
        forward = self.tabbed(count, plain, covered)
        self.js("stops.at(-1).focus()")
        back = self.tabbed(count, plain, covered, shift=True)
        html = lambda number: self.js("return stops[arguments[0]].outerHTML.slice(0, 90)", number)
        need(forward == list(range(count)), "not reached in order: " + some(
            map(html, [place for place in range(count) if place not in forward] or [
                place for number, place in enumerate(forward) if number != place])))
        need(back[:count - 1] == list(range(count - 1))[::-1], "the way back is another one")
        need(not plain, f"no focus is visible on {some(plain)}")
        need(not covered, f"cut off or covered when it has the focus: {some(covered)}")

    def tabbed(self, count, plain, covered, shift=False):
        """The numbers of the stops on the way through the page; keeps those whose focus can't be seen."""
        places = []
        for _ in range(count * 2 + 20):
            self.browser.press("Tab", shift=shift)
            place, words, has_style, is_covered = self.js(
                "const each = document.activeElement, r = each.getBoundingClientRect();"
                "const x = r.x + r.width / 2, y = r.y + Math.min(r.height / 2, 20);"
                "const top = document.elementFromPoint(x, y);"
                "return [stops.indexOf(each), each.outerHTML.slice(0, 90), looks(each) !== before.get(each),"
                "  !(top && (top === each || each.contains(top) || top.contains(each)))]")
            if words.startswith("<body") or place in places:
                break
            if place < 0:
                continue
            places.append(place)
            if not has_style:
                plain.add(words)
            if is_covered:
                covered.add(words)
        return places

    def step_contents(self):
        """What a link of the contents leads to is not behind the bar."""
        for width in [1280, 390]:
            self.open(width=width)
            hidden = self.js(
                "return Array.from(document.querySelectorAll('nav a'), link => { link.click();"
                "const place = document.getElementById(link.hash.slice(1));"
                "const heading = place.matches('h2') ? place : place.querySelector('h2') ?? place;"
                "const r = heading.getBoundingClientRect(), top = document.elementFromPoint(r.x + 5, r.y + 3);"
                "return top && (heading.contains(top) || top.contains(heading)) ? null : link.textContent"
                "}).filter(text => text)")
            need(not hidden, f"at {width} px behind the bar: {some(hidden)}")

    def step_without_script(self):
        self.open(script=False)
        total = self.total() if self.has_cards() else 0
        need(len(self.cards()) == total, f"{len(self.cards())} cards are visible of {total}")
        dead = [each.get_attribute("outerHTML")[:90] for each in self.all("button, input, select")
                if self.is_visible(each)]
        need(not dead, f"controls that do nothing: {some(dead)}")
        for details in [each for each in self.all("details") if self.is_visible(each)][:3]:
            was = self.js("return arguments[0].open", details)
            self.browser.click(details.find_element("css selector", "summary"))
            need(self.js("return arguments[0].open", details) != was, "a click does not open details")

    # Steps for pages with findings

    def step_filter_by_severity(self):
        self.open_filters()
        options = self.options("severity")
        need(options, "no severity can be chosen that only some cards have")
        for value, element in options:
            self.choose(element)
            self.expect_shown(self.has("severity", value), value)
            need(element.get_attribute("aria-pressed") in ("true", None), f"{value} is not pressed")
            self.choose(element)
            self.expect_shown(lambda card: True, f"{value} taken back")
        if len(options) > 1:
            (one, first), (other, second) = options[:2]
            self.choose(first)
            self.choose(second)
            self.expect_shown(lambda card: card["severity"] in (one, other), f"{one} or {other}")

    def step_filters_combine(self):
        self.open_filters()
        for name in ["host", "stride", "surface", "state"]:
            for one, first in self.options("severity"):
                for other, second in self.options(name):
                    both = lambda card: self.has("severity", one)(card) and self.has(name, other)(card)
                    if not 0 < sum(map(both, self.every)) < sum(map(self.has("severity", one), self.every)):
                        continue
                    self.choose(first)
                    self.choose(second)
                    self.expect_shown(both, f"{one} and {name} {other}")
                    return
        raise Failed("no two filters are there that narrow each other")

    def step_search(self):
        self.open_filters()
        words = {}
        for card in self.every:
            for word in set(re.findall(r"[a-z]{4,}", card["text"].lower())):
                words[word] = words.get(word, 0) + 1
        rare = min(words, key=lambda word: (words[word], word))
        need(words[rare] < len(self.every) or len(self.every) == 1, "no word is rare")
        self.type(rare.upper())
        narrow = lambda card: rare in card["text"].lower()
        self.expect_shown(narrow, f"search for {rare}")
        self.js("const box = document.querySelector(arguments[0]); box.value = 'nothing has this zzqx';"
                "box.dispatchEvent(new Event('input', {bubbles: true}))", SEARCH)
        self.expect_shown(lambda card: False, "search for what is not there")

    def step_address(self):
        """The address keeps the filters, and clearing them takes them out of it."""
        self.open_filters()
        value, element = self.options("severity")[0]
        self.choose(element)
        # One that the first finding is of, so that something is left.
        first = self.cards()[0]
        host = next((each for each in self.options("host") if self.has("host", each[0])(first)), None)
        if host:
            self.choose(host[1])
        word = max(re.findall(r"[a-z]{4,}", self.cards()[0]["text"].lower()), key=len)
        self.type(word)
        wanted = lambda card: self.has("severity", value)(card) and word in card["text"].lower() and (
            not host or self.has("host", host[0])(card))
        self.expect_shown(wanted, "before the reload")
        self.wait("location.hash.includes('q=')", "the address has no q=")
        address = self.js("return location.hash")
        need(address.startswith("#findings?"), f"the address is '{address}'")
        need(f"severity={value}" in address, f"the address has no severity: '{address}'")
        need("host=" in address or not host, f"the address has no host: '{address}'")
        self.open(address)
        self.expect_shown(wanted, f"after the reload of {address}")
        need(self.js("return document.querySelector(arguments[0]).value", SEARCH) == word, "the search box is empty")
        clear = self.one(CLEAR)
        need(self.is_visible(clear), "nothing clears the filters")
        self.browser.click(clear)
        self.expect_shown(lambda card: True, "after clearing")
        left = self.js("return location.hash")
        need("?" not in left, f"after clearing the address is {left}")
        need(not self.js("return document.querySelector(arguments[0]).value", SEARCH), "the search box keeps its text")
        need(not self.all(f"{BAR} [aria-pressed=true]"), "a chip stays pressed")

    def step_wrong_address(self):
        """An address of nonsense leaves the page whole."""
        for fragment in ["#findings?severity=nothing&q=%E0%A4%A",
                         "#findings?__proto__=1&constructor=2&host=%3Cimg%20src%3Dx%3E",
                         "#findings?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "#findings?", "#no-such-place", "#%"]:
            self.open(fragment)
            need(self.is_visible(self.one(BAR)), f"{fragment}: the filter bar is not visible")
            addresses, messages = self.browser.logs()
            need(not messages, f"{fragment}: {some(messages)}")
            need(not self.all("#findings img"), f"{fragment}: it became an element")
            need(len(self.cards()) == self.total() or self.is_visible(self.one(CLEAR)),
                 f"{fragment}: {len(self.cards())} cards of {self.total()}, and nothing clears the filter")

    def step_opens(self):
        self.open()
        card = self.one(CARD)
        summary = card.find_element("css selector", "summary")
        is_open = lambda: self.js("return arguments[0].open", card)
        facts = card.find_elements("css selector", "dd")
        need(facts, "a card has no facts")
        need(not is_open() and not self.is_visible(facts[0]), "the first card is open from the beginning")
        self.js("arguments[0].focus()", summary)
        self.browser.press("Enter", text="\r")
        need(is_open() and self.is_visible(facts[0]), "Enter does not open it")
        self.browser.press("Enter", text="\r")
        need(not is_open(), "Enter does not close it")
        self.browser.click(summary)
        need(is_open() and self.is_visible(facts[0]), "a click does not open it")

    def step_copies(self):
        self.open()
        self.js("for (const each of document.querySelectorAll('details')) each.open = true")
        blocks = self.all(BLOCK)
        buttons = self.all(COPY)
        need(len(buttons) == len(blocks), f"{len(blocks)} texts have {len(buttons)} copy buttons")
        for button in buttons[:3]:
            wanted = self.js("const at = arguments[0];"
                             "const pre = at.closest('pre') ?? at.parentElement.querySelector('pre');"
                             "return (pre.querySelector('code') ?? pre).textContent", button)
            self.browser.click(button)
            read = self.browser.driver.execute_async_script(
                "const done = arguments[0]; setTimeout(() => navigator.clipboard.readText()"
                ".then(done, error => done('no clipboard: ' + error)), 50)")
            need(read.strip() == wanted.strip(), f"the clipboard has '{read[:60]}', not '{wanted[:60]}'")
            need(button.accessible_name, "a copy button has no name")

    def printed(self, script):
        import pypdf
        self.open(script=script)
        facts = self.js("return Array.from(document.querySelectorAll(arguments[0]), card => {"
                        "const fact = card.querySelector('dd'); return fact ? fact.textContent : '' })", CARD)
        chips = self.js("return document.querySelector(arguments[0])?.textContent ?? ''", BAR + " [data-filter]")
        opened = "return document.querySelectorAll('details[open]').length"
        before = self.js(opened)
        pages = pypdf.PdfReader(io.BytesIO(self.browser.pdf())).pages
        text = squeezed("".join(page.extract_text() for page in pages))
        lost = [fact for fact in facts if squeezed(fact)[:20] not in text]
        need(not lost, f"{len(lost)} of {len(facts)} folded findings are not printed, such as '{some(lost[:1])[:80]}'")
        need(not chips or squeezed(chips) not in text, f"the filter bar is printed: '{chips}'")
        need(self.js(opened) == before, "what was opened for print stays open")
        self.browser.show(media="print")
        seen = [each.get_attribute("outerHTML")[:80] for each in self.all("button:not(th button), input, select, nav")
                if self.is_visible(each)]
        need(not seen, f"printed too: {some(seen)}")

    def step_print(self):
        self.printed(script=True)

    def step_print_without_script(self):
        self.printed(script=False)

    # Steps for one kind of page

    def step_hostile_names(self):
        self.open()
        self.js("for (const each of document.querySelectorAll('details')) each.open = true;"
                "for (const each of document.querySelectorAll('main button')) each.click()")
        need(not self.js("return window.alerts"), "a script of a name ran")
        own = self.js("return document.querySelectorAll('script').length")
        need(own == 1, f"{own} scripts")
        strange = self.js(
            "return Array.from(document.querySelectorAll('img, iframe, object, embed, link, base, form, video, audio,"
            " svg image, svg use, svg foreignObject')).concat(Array.from(document.querySelectorAll('*'))"
            ".filter(each => Array.from(each.attributes).some(a => /^on|alert\\(/i.test(a.name + a.value))))"
            ".map(each => each.outerHTML.slice(0, 100))")
        need(not strange, f"names became elements or attributes: {some(strange)}")
        text = self.js("return document.querySelector('main').textContent")
        for name in HOSTILE:
            need(name in text, f"{name} does not stand there as text")

    def step_nothing_to_do(self):
        """A page without findings has no control over them."""
        self.open()
        need(not self.cards(), f"{len(self.cards())} cards")
        bar = self.all(BAR)
        need(not bar or not self.is_visible(bar[0]), "a filter bar is there for nothing")
        need(self.js("return document.querySelector('main').innerText.length") > 100, "the page is empty")


EVERY = ["axe_light", "axe_dark", "axe_narrow", "markup", "tidy", "quiet", "narrow", "chart_text", "keyboard",
         "contents", "without_script"]
FINDINGS = ["filter_by_severity", "filters_combine", "search", "address", "wrong_address", "opens", "copies",
            "print", "print_without_script"]
STEPS = {
    "fleet": EVERY + FINDINGS,
    "host": EVERY + FINDINGS,
    "clean": EVERY + ["nothing_to_do"],
    "hostile": EVERY + ["hostile_names", "address", "wrong_address", "copies", "search"],
}


def main():
    parser = argparse.ArgumentParser(description="Checks pages of the HTML report in headless Chromium.")
    for name in STEPS:
        parser.add_argument("--" + name, metavar="FILE")
    parser.add_argument("--only", default="", metavar="WORD")
    arguments = vars(parser.parse_args())
    pages = {name: arguments[name] for name in STEPS if arguments[name]}
    if not pages:
        parser.error("name at least one page")
    try:
        import html5lib  # noqa: F401
        import pypdf  # noqa: F401
        browsers.axe_source()
        browser = browsers.Browser()
    except (ImportError, browsers.Missing) as reason:
        browsers.skip(reason)
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", source=(
        "window.alerts = 0; for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { alerts++ }"))
    failures = 0
    try:
        for page, path in pages.items():
            check = Check(browser, path)
            for step in STEPS[page]:
                name = f"{page}: {step.replace('_', ' ')}"
                if arguments["only"] not in name:
                    continue
                try:
                    getattr(check, "step_" + step)()
                    print(f"ok {name}", flush=True)
                except Failed as what:
                    failures += 1
                    print(f"FAIL {name}: {what}", flush=True)
                except Exception as error:  # A page may break a step in any way.
                    failures += 1
                    line = traceback.extract_tb(error.__traceback__)
                    own = next(frame.lineno for frame in reversed(line) if frame.filename == __file__)
                    print(f"FAIL {name}: line {own}: {str(error).splitlines()[0]}", flush=True)
    finally:
        browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
