"""Takes the pictures of a folder of pages: pictures.py PAGES OUTDIR."""

import io
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # Nothing is left beside the sources.
import browser as browsers

# Of the pages at the top of README this much is shown.
TOP = 1240


def write(path, png, height=None):
    """Writes a picture, or the top of it, with a palette."""
    from PIL import Image
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if height:
        image = image.crop((0, 0, image.width, min(height, image.height)))
    image.quantize(256, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)
    print(f"{path} {image.width}x{image.height}")


def first_page(pdf):
    """The first page of a PDF as a PNG; nothing where there is no program for it."""
    if not shutil.which("pdftoppm"):
        return None
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return subprocess.run(["pdftoppm", "-png", "-r", "96", "-l", "1", file.name], capture_output=True,
                              check=True).stdout


def main():
    pages, out = map(pathlib.Path, sys.argv[1:3])
    try:
        import PIL  # noqa: F401
        browser = browsers.Browser()
    except (ImportError, browsers.Missing) as reason:
        browsers.skip(reason)
    try:
        for page in sorted(pages.glob("*.html")):
            for width in [1280, 390]:
                for scheme in ["light", "dark"]:
                    browser.show(width=width, scheme=scheme)
                    browser.open(page)
                    png = browser.picture()
                    write(out / f"{page.stem}-{width}-{scheme}.png", png)
                    if page.stem == "fleet" and width == 1280:
                        # These two are in docs/images.
                        write(out / f"report-{scheme}.png", png, TOP)
            browser.show()
            browser.open(page)
            pdf = browser.pdf()
            # A print has its pages' breaks: the file itself is worth a look too.
            (out / f"{page.stem}-print.pdf").write_bytes(pdf)
            png = first_page(pdf)
            if png:
                write(out / f"{page.stem}-print.png", png)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
