"""A course in both languages without files, for tests of pages and reads."""

from dataclasses import dataclass

from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from courses.models import CoursePage, LessonPage, ModulePage
from home.models import HomePage
from tests.law import make_basis

EVERY_BLOCK = [
    {"type": "paragraph", "value": "<p>Usul <b>hilang</b>.</p>"},
    {"type": "heading", "value": "Jalan usul"},
    {"type": "steps", "value": {"steps": ["<p>Bicara.</p>", "<p>Tulis.</p>"]}},
    {
        "type": "table",
        "value": {
            "data": [["Usulan", "Nilai"], ["Pipa air", "11"], ["Jalan", None]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "Tiga usulan",
        },
    },
    {"type": "law", "value": {"citation": "UU 6/2014 Ps 80", "summary": "<p>Warga ikut.</p>"}},
    {"type": "example", "value": {"title": "Mencari usul", "text": "<p>Kader datang.</p>"}},
    {"type": "note", "value": {"title": "Boleh?", "text": "<p>Boleh.</p>"}},
    {"type": "discuss", "value": {"text": "<p>Siapa?</p>"}},
    {"type": "remember", "value": {"text": "<ul><li>Tulis.</li></ul>"}},
]


@dataclass(frozen=True)
class Tree:
    """Two modules with two lessons each, Indonesian and English. Lesson ``dua`` has no text in English."""

    home: HomePage
    course: CoursePage
    module: ModulePage
    lesson: LessonPage
    untranslated: LessonPage
    english: CoursePage


def blocks(raw: list[dict]) -> object:  # type: ignore[type-arg]
    """Raw blocks as the value of a lesson's body."""
    return LessonPage._meta.get_field("body").stream_block.to_python(raw)


def picture_block() -> dict[str, object]:
    file = get_test_image_file()
    image = get_image_model().objects.create(title="Balai", file=ImageFile(file.file, name=file.name))
    return {"type": "picture", "value": {"image": image.pk, "alt": "Warga di balai", "credit": "Panitia"}}


def translate(page: Page, parent: Page, english: Locale, **fields: object) -> Page:
    """The English page of ``page``: its copy below ``parent``, with other values for some fields."""
    copied = {
        field.name: getattr(page, field.name)
        for field in page._meta.local_fields
        if field.name not in ("page_ptr", "source_hash")
    }
    values = {**copied, "slug": page.slug, "title": page.title, **fields}
    return parent.add_child(
        instance=type(page)(locale=english, translation_key=page.translation_key, **values)
    )


def make_tree() -> Tree:
    with disable_reference_index_auto_update():
        return _make_tree()


def _make_tree() -> Tree:
    indonesian, _created = Locale.objects.get_or_create(language_code="id")
    english, _created = Locale.objects.get_or_create(language_code="en")
    site = Site.objects.get(is_default_site=True)
    home = Page.get_first_root_node().add_child(
        instance=HomePage(title="Balai", slug="balai", lead="Tempat belajar.", locale=indonesian)
    )
    site.root_page = home
    site.save()
    course = home.add_child(
        instance=CoursePage(
            title="Kursus desa", slug="kursus", summary="Untuk warga.", rationale="<p>Mengapa.</p>"
        )
    )
    basis = make_basis("UU 6/2014 Ps 80", summary="Warga ikut.")
    for m in (1, 2):
        module = course.add_child(
            instance=ModulePage(title=f"Modul {m}", slug=f"m{m}", code=f"M{m}", can_do="menulis\nmembaca")
        )
        for number, slug in ((1, "satu"), (2, "dua")):
            module.add_child(
                instance=LessonPage(
                    title=f"Pelajaran {m}.{number}",
                    slug=slug,
                    code=f"M{m}.{number}",
                    outcome_text="Peserta dapat menulis usul.",
                    minutes=8,
                    body=blocks([{"type": "paragraph", "value": f"<p>Isi {m}.{number}.</p>"}]),
                    legal_bases=[basis],
                )
            )
    _add_english(home, course, english)
    lessons = LessonPage.objects.filter(locale=indonesian)
    return Tree(
        home=home,
        course=CoursePage.objects.get(pk=course.pk),
        module=ModulePage.objects.get(locale=indonesian, code="M1"),
        lesson=lessons.get(code="M1.1"),
        untranslated=lessons.get(code="M1.2"),
        english=CoursePage.objects.get(locale=english),
    )


def _add_english(home: HomePage, course: CoursePage, english: Locale) -> None:
    front = translate(
        home, Page.get_first_root_node(), english, slug="hall", title="Hall", lead="A place to learn."
    )
    words = {"title": "Village course", "rationale": "", "summary": "For residents."}
    parent = translate(course, front, english, **words)
    for module in ModulePage.objects.child_of(course).order_by("path"):
        title = module.title.replace("Modul", "Module")
        own_module = translate(module, parent, english, title=title, can_do="")
        for lesson in LessonPage.objects.child_of(module).order_by("path"):
            text = {} if lesson.slug == "satu" else {"body": blocks([])}
            title = lesson.title.replace("Pelajaran", "Lesson")
            translate(lesson, own_module, english, title=title, **text)
