"""The text of the front page, from ``home/content/``, and the lists below it."""

from pathlib import Path

import yaml
from wagtail.models import Page

from courses.imports.markdown import rich_text
from courses.imports.pages import PageSource
from home.models import BalaiRakyatIndexPage, HomePage, LibraryPage, NewsIndexPage

CONTENT = Path(__file__).resolve().parent / "content"
SLUGS = {"id": "beranda", "en": "beranda-en"}


def front_pages() -> list[PageSource]:
    """The front page in each language, the site's own language first."""
    return [_front_page(language) for language in SLUGS]


# Pages below each front page: key, model, slug, and title and introduction in each language.
_INDEXES: list[tuple[str, type[Page], str, dict[str, tuple[str, str]]]] = [
    (
        "news",
        NewsIndexPage,
        "berita",
        {
            "id": ("Berita", "Kabar dari pelatihan di desa-desa."),
            "en": ("News", "News from trainings in the villages."),
        },
    ),
    (
        "library",
        LibraryPage,
        "pustaka",
        {
            "id": (
                "Pustaka",
                "Dokumen desa menurut topik dan tahun. Siapa saja boleh membaca dan mengunduh.",
            ),
            "en": (
                "Library",
                "Documents of villages by topic and year. Everybody may read and download them.",
            ),
        },
    ),
    (
        "halls",
        BalaiRakyatIndexPage,
        "balai-rakyat",
        {
            "id": ("Balai Rakyat", "Pusat informasi dan pengetahuan di desa-desa."),
            "en": ("Balai Rakyat", "Village halls: centres of information and knowledge."),
        },
    ),
]


def indexes() -> list[list[PageSource]]:
    """The pages for news, library and halls below each front page; each in the order of the languages."""
    return [
        [
            PageSource(
                key=key,
                language=language,
                model=model,
                slug=slug,
                fields={"title": words[language][0], "intro": words[language][1]},
            )
            for language in SLUGS
        ]
        for key, model, slug, words in _INDEXES
    ]


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
