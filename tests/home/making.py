"""News and pictures for tests."""

import io
import uuid

from PIL import Image

from home.domain.news import draft_news
from home.domain.pictures import take_in
from home.models import HomePage, NewsIndexPage, NewsPicture, TrainingNewsPage
from lms.cohorts.domain.consents import Agreement, choose_note, give_consent
from lms.cohorts.models import Cohort
from lms.uploads import CleanFile
from tests.factories import EnrolmentFactory, ExperienceNoteFactory, make_staff


def photo(size: tuple[int, int] = (2400, 1600)) -> CleanFile:
    """Noise, which no encoder makes small by itself."""
    content = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(content, "JPEG", quality=90)
    return CleanFile(content.getvalue(), "image/jpeg", ".jpg")


def make_picture(cohort: Cohort, *, agreed: bool = True, alt: str = "Orang duduk melingkar") -> NewsPicture:
    picture = NewsPicture(cohort=cohort, alt=alt, credit="Panitia", everybody_agreed=agreed)
    return take_in(picture=picture, photo=photo((900, 600)), user=make_staff(f"juru-{cohort.pk}-{alt}"[:140]))


def make_index() -> NewsIndexPage:
    """A page for news below each front page."""
    key = uuid.uuid4()
    for home in HomePage.objects.order_by("locale__language_code"):
        index = NewsIndexPage(title="Berita", slug="berita", locale=home.locale, translation_key=key)
        home.add_child(instance=index)
    made: NewsIndexPage = NewsIndexPage.objects.get(locale__language_code="id")
    return made


def make_news(cohort: Cohort) -> TrainingNewsPage:
    """A published page with every block, numbers, a quote and an experience."""
    make_index()
    user = make_staff("penulis-berita")
    EnrolmentFactory.create_batch(9, cohort=cohort)
    for kind, speaker in (("pengalaman", ""), ("kutipan", "Sekretaris Desa")):
        note = ExperienceNoteFactory(
            cohort=cohort, author=EnrolmentFactory(cohort=cohort), kind=kind, speaker=speaker
        )
        give_consent(note=note, agreement=Agreement("id"), user=user)
        choose_note(note=note, chosen=True, user=user)
    picture = make_picture(cohort)
    page = draft_news(cohort=cohort, user=user)
    page.body = [
        ("paragraph", "<p>Pagi dimulai dengan curah pendapat.</p>"),
        ("picture", {"picture": picture, "caption": "Pagi"}),
        ("heading", "Sesudahnya"),
        ("law", {"citation": "UU 6/2014 Ps 68", "summary": "<p>Warga berhak bicara.</p>"}),
        ("quote", {"text": "Kami didengar.", "speaker": "Ketua BPD", "permitted": True}),
        ("gallery", {"pictures": [{"picture": picture, "caption": each} for each in ("", "Dua")]}),
    ]
    page.editor = "Tim"
    page.save_revision().publish()
    made: TrainingNewsPage = TrainingNewsPage.objects.get(pk=page.pk)
    return made
