"""Read the text of the front page from ``home/content/``."""

from pathlib import Path

import yaml

from courses.imports.markdown import rich_text
from courses.imports.pages import PageSource
from home.models import HomePage

CONTENT = Path(__file__).resolve().parent / "content"
SLUGS = {"id": "beranda", "en": "beranda-en"}


def front_pages() -> list[PageSource]:
    """The front page in each language, the site's own language first."""
    return [_front_page(language) for language in SLUGS]


def _front_page(language: str) -> PageSource:
    text = (CONTENT / f"front.{language}.md").read_text(encoding="utf-8")
    _before, front_matter, body = text.split("---\n", 2)
    values = yaml.safe_load(front_matter)
    return PageSource(
        key="front",
        language=language,
        model=HomePage,
        slug=SLUGS[language],
        fields={"title": values["title"], "lead": values["lead"], "body": rich_text(body)},
    )
