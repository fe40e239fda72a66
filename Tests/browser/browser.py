"""A headless Chromium for the tests and pictures of the HTML report."""

import base64
import importlib.util
import json
import pathlib
import shutil
import sys


class Missing(Exception):
    """What is needed and not there."""


def _imported():
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError as error:
        raise Missing("selenium is missing") from error
    return webdriver, Service


def axe_source():
    """The text of axe-core, from a package of which nothing else is used."""
    spec = importlib.util.find_spec("axe_playwright_python")
    path = spec and pathlib.Path(spec.origin).with_name("axe.min.js")
    if not path or not path.is_file():
        raise Missing("axe.min.js of axe-playwright-python is missing")
    return path.read_text(encoding="utf-8")


class Browser:
    """One window; every page is opened as it would be at first, with an empty log."""

    def __init__(self):
        webdriver, service = _imported()
        names = ["chromium", "chromium-browser", "google-chrome"]
        binary = next(filter(None, map(shutil.which, names)), None)
        driver = shutil.which("chromedriver")
        if not binary or not driver:
            raise Missing(("chromedriver" if binary else "chromium") + " is missing")
        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for word in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--hide-scrollbars", "--no-first-run", "--force-color-profile=srgb"]:
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        try:
            self.driver = webdriver.Chrome(options=options, service=service(driver))
        except Exception as error:
            raise Missing(f"chromium does not start: {str(error).splitlines()[0]}") from error
        self.driver.set_script_timeout(120)
        self.cdp("Emulation.setFocusEmulationEnabled", enabled=True)
        self.cdp("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])

    def close(self):
        self.driver.quit()

    def cdp(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def js(self, text, *arguments):
        """What a function body returns in the page."""
        return self.driver.execute_script(text, *arguments)

    def show(self, width=1280, height=900, scheme="light", media="", scale=1):
        """Sets the window and what the page may ask about it."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale,
                 mobile=False)
        self.cdp("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"}])

    def open(self, path, fragment=""):
        """Loads a file anew, also where only the fragment differs, and forgets what was logged before."""
        self.driver.get("about:blank")
        self.logs()
        self.driver.get(pathlib.Path(path).resolve().as_uri() + fragment)

    def logs(self):
        """The addresses that were asked for and the messages of the console, since the last call."""
        addresses = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                addresses.append(message["params"]["request"]["url"])
        return addresses, [entry["message"] for entry in self.driver.get_log("browser")]

    def press(self, key, code=None, text="", shift=False):
        """Presses a key as a person does."""
        code = code or {"Tab": 9, "Enter": 13, "Escape": 27}[key]
        common = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.cdp("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self.cdp("Input.dispatchKeyEvent", type="keyUp", **common)

    def click(self, element):
        """Clicks with the mouse in the middle of an element, wherever that is."""
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        place = self.js("const r = arguments[0].getBoundingClientRect();"
                        "return [r.x + r.width / 2, r.y + r.height / 2]", element)
        for kind in ["mousePressed", "mouseReleased"]:
            self.cdp("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def pdf(self):
        """The page as it is printed, as the bytes of a PDF."""
        result = self.cdp("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(result["data"])

    def picture(self):
        """The whole page as the bytes of a PNG."""
        size = self.cdp("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        result = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(result["data"])


def skip(reason):
    """Ends the program as one that could not run."""
    print(f"skipped: {reason}", file=sys.stderr)
    sys.exit(77)
