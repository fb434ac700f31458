"""Opens pages of a running site and keeps small pictures of them."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

PHONE, DESK = (360, 740), (1366, 768)
# A page of flat colours and text looks the same with few colours, and weighs a third.
_COLOURS = 48
_PICTURES_ARE_THERE = "() => Promise.all([...document.images].map(image => image.decode().catch(() => {})))"


class Camera:
    """Takes pictures into ``folder``. Every page must answer 200 and show what it is photographed for."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.browser = browser
        self.address = address
        self.folder = folder
        self.taken: list[str] = []

    @contextmanager
    def window(self, size: tuple[int, int]) -> Iterator[Page]:
        """A browser of its own, ``size`` in points, in Indonesian and by daylight."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=1.5 if size == PHONE else 1,
            locale="id-ID",
            color_scheme="light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        yield context.new_page()
        context.close()

    def open(self, page: Page, address: str) -> None:
        """Go to an address. Raises RuntimeError unless it answers 200."""
        response = page.goto(address)
        if response is None or response.status != 200:
            raise RuntimeError(f"{address} answered {response and response.status}.")

    def shoot(self, page: Page, name: str, *, shows: str, top: str = "", height: int = 0) -> None:
        """Keep what the window shows as ``name``.png.

        ``shows`` selects something that must be there to be seen. ``top`` scrolls that element to the upper
        edge; ``height`` cuts the picture off below so many points.
        """
        expect(page.locator(shows).first).to_be_visible(timeout=30_000)
        page.wait_for_load_state("load")
        page.evaluate(_PICTURES_ARE_THERE)
        # At once: the admin scrolls smoothly, and the picture would be taken on the way.
        scroll = """element => {
            element.scrollIntoView({behavior: "instant"});
            window.scrollBy({top: -16, behavior: "instant"});
        }"""
        if top:
            page.locator(top).first.evaluate(scroll)
        size = page.viewport_size
        assert size is not None
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"]}
        self._keep(page.screenshot(clip=clip, animations="disabled"), name)  # type: ignore[arg-type]

    def _keep(self, picture: bytes, name: str) -> None:
        if name in self.taken:
            raise RuntimeError(f"Two pictures are called {name}.")
        self.taken.append(name)
        with Image.open(io.BytesIO(picture)) as image:
            small = image.convert("RGB").quantize(
                _COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
            )
        small.save(self.folder / f"{name}.png", optimize=True)


def press(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait until it is there. What is folded away is unfolded first."""
    target = page.locator(selector).first
    target.evaluate("element => { const fold = element.closest('details'); if (fold) fold.open = true; }")
    with page.expect_navigation():
        target.click()


def replace_pictures(source: Path, target: Path) -> None:
    """Put the new pictures in the place of the old ones."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    for picture in source.glob("*.png"):
        shutil.copy(picture, target)
