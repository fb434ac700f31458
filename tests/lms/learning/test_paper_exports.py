"""What is on a printed test, and that the key never is."""

import io
from typing import Any

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments.models import Choice, Question, QuestionMedia
from lms.cohorts.models import Enrolment
from lms.learning.domain.printed import arrange, edition
from lms.learning.exports.paper import Copy, Heading, form_pdf, key_pdf
from lms.learning.models import PrintedForm
from tests.factories import EnrolmentFactory, make_staff
from tests.helpers import grant
from tests.lms.learning.training import make_single_form

pytestmark = pytest.mark.django_db
HEADING = Heading(training="ANG-1 · Pelatihan", occasion="Tes awal", letter="A", issuer="Desa")


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def print_form(enrolment: Enrolment, *copies: Copy, large: bool = False) -> bytes:
    assessment = enrolment.cohort.assessment
    arranged = arrange(assessment.forms.get(letter="A"))
    return form_pdf(
        arranged=arranged, assessment=assessment, heading=HEADING, copies=copies or [Copy()], large=large
    )


def test_each_copy_has_code_questions_and_an_answer_sheet(enrolment: Enrolment) -> None:
    form = enrolment.cohort.assessment.forms.get(letter="A")
    found = pages(
        print_form(enrolment, Copy(code="T0001", name="Maria Bere", mark="BB1/x"), Copy(code="T0002"))
    )
    sheets = [page for page in found if "Lembar jawaban" in page]
    assert len(sheets) == 2
    assert "T0001" in sheets[0]
    assert "Maria Bere" in sheets[0]
    assert "T0002" in sheets[1]
    assert all(f"Cetakan {edition(arrange(form))}" in page for page in found)
    assert any("Halaman 1 dari" in page for page in found)
    for question in Question.objects.filter(form_items__form=form):
        assert question.stem in " ".join(found)


def test_large_print_has_letters_of_18_points(enrolment: Enrolment) -> None:
    sizes: set[float] = set()
    reader = pypdf.PdfReader(io.BytesIO(print_form(enrolment, large=True)))

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if "pilihan 0" in text:
            sizes.add(round(size * tm[0] * cm[0]) if tm[0] else round(size))

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert len(reader.pages) > len(pages(print_form(enrolment)))
    assert sizes == {18}


@pytest.mark.parametrize(("kind", "least"), [("short_answer", 30), ("open_text", 6 * 20)])
def test_there_is_room_to_write_by_hand(enrolment: Enrolment, kind: str, least: int) -> None:
    """In points, from the number of the question to the number of the next one: a line of a hand is 20."""
    practice = make_single_form(kind, "single")
    arranged = arrange(practice.forms.get())
    pdf = form_pdf(arranged=arranged, assessment=practice, heading=HEADING, copies=[Copy()], large=False)
    heights: dict[str, float] = {}

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip() in ("1.", "2."):
            heights[text.strip()] = abs(tm[5] * cm[3] + cm[5])

    sheet = next(page for page in pypdf.PdfReader(io.BytesIO(pdf)).pages if "Lembar" in page.extract_text())
    sheet.extract_text(visitor_text=note)
    assert abs(heights["1."] - heights["2."]) > least


def test_does_not_know_is_offered_on_paper_when_it_is_on_screen(enrolment: Enrolment) -> None:
    assert "Tidak tahu" not in " ".join(pages(print_form(enrolment)))
    assessment = enrolment.cohort.assessment
    assessment.offer_dont_know = True
    assessment.save()
    enrolment.cohort.refresh_from_db()
    assert "Tidak tahu" in " ".join(pages(print_form(enrolment)))


def test_the_key_is_never_on_the_test_and_stands_on_its_own_sheet(enrolment: Enrolment) -> None:
    form = enrolment.cohort.assessment.forms.get(letter="A")
    Question.objects.update(feedback="KENARI", note="KENARI")
    Choice.objects.update(rationale="KENARI")
    arranged = arrange(form)
    pdf = print_form(enrolment)
    assert "KENARI" not in " ".join(pages(pdf))
    assert "Kunci" not in " ".join(pages(pdf))
    key = " ".join(pages(key_pdf(arranged=arranged, assessment=form.assessment, heading=HEADING)))
    single = arranged[0].question
    letter = "ABCD"[arranged[0].order.index(single.correct_response())]
    assert f"1 {letter} {single.stem}" in key
    assert "RAHASIA" in key


@pytest.mark.parametrize("text", ['#read("/etc/passwd")', "*b* $x$ _i_ `c` \\", "{{ x }} {% y %} <b>"])
def test_a_text_is_printed_as_it_is_whatever_it_looks_like(enrolment: Enrolment, text: str) -> None:
    Question.objects.filter(form_items__form__letter="A").update(stem=text)
    found = "".join(" ".join(pages(print_form(enrolment, Copy(code=text, name=text)))).split())
    assert "".join(text.split()) in found
    assert "root:" not in found


def test_a_letter_that_the_font_lacks_stops_nobody_from_printing(enrolment: Enrolment) -> None:
    assert any("Maria" in page for page in pages(print_form(enrolment, Copy(code="T1", name="Maria 愛"))))


@pytest.fixture
def picture(tmp_path: Any, settings: Any) -> QuestionMedia:
    settings.LMS_PRIVATE_ROOT = str(tmp_path)
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(drawn, "PNG")
    media = QuestionMedia(kind="image", title="Peta", alternative="Peta dusun", content_type="image/png")
    media.file.save("peta.png", ContentFile(drawn.getvalue()))
    media.save()
    return media


def images_in(pdf: bytes) -> int:
    return sum(len(page.images) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_pictures_are_printed_and_said_in_words_if_they_cannot_be_read(
    enrolment: Enrolment, picture: QuestionMedia
) -> None:
    question = Question.objects.filter(form_items__form__letter="A").first()
    assert question is not None
    question.image = picture
    question.save()
    assert images_in(print_form(enrolment)) >= 1
    picture.file.save("rusak.png", ContentFile(b"bukan gambar"))
    broken = print_form(enrolment)
    assert images_in(broken) == 0
    assert "Gambar: Peta dusun" in " ".join(pages(broken))


def test_a_recording_is_noted_as_read_aloud(enrolment: Enrolment, picture: QuestionMedia) -> None:
    audio = QuestionMedia.objects.create(
        kind="audio", title="Suara", alternative="Kata kepala desa", content_type="audio/mpeg"
    )
    Question.objects.filter(form_items__form__letter="A").update(audio=audio)
    assert "Dibacakan: Kata kepala desa" in " ".join(pages(print_form(enrolment)))


@pytest.fixture
def printer(client: Client, enrolment: Enrolment) -> Client:
    user = make_staff("pencetak", organisation=enrolment.cohort.organisation)
    grant(user, "cohorts.view_cohort", "learning.enter_attempt")
    client.force_login(user)
    return client


def order(enrolment: Enrolment, **changes: str) -> tuple[str, dict[str, str]]:
    fields = {"occasion": "pre", "form": "A", "who": "open", "size": "normal", "blank": "0", **changes}
    return reverse("learning_paper", args=[enrolment.cohort_id]), fields


def test_a_training_prints_one_copy_a_person_and_freezes_the_letters(
    printer: Client, enrolment: Enrolment
) -> None:
    other = EnrolmentFactory(cohort=enrolment.cohort, form_order="BA")
    response = printer.post(*order(enrolment, with_names="on", blank="1"))
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    text = " ".join(pages(response.content))
    assert enrolment.participant.code in text
    assert enrolment.participant.full_name in text
    assert other.participant.code not in text
    assert "Tanpa nama" in text
    assert PrintedForm.objects.get().edition in text


def test_names_can_be_left_out(printer: Client, enrolment: Enrolment) -> None:
    text = " ".join(pages(printer.post(*order(enrolment)).content))
    assert enrolment.participant.code in text
    assert enrolment.participant.full_name not in text


def test_nobody_to_print_for_is_said_in_a_sentence(printer: Client, enrolment: Enrolment) -> None:
    response = printer.post(*order(enrolment, who="none"))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert printer.post(*order(enrolment, form="Z")).context["form"].errors["form"]


def test_the_key_is_for_staff_who_may_see_questions(printer: Client, enrolment: Enrolment) -> None:
    printer.post(*order(enrolment))
    form = enrolment.cohort.assessment.forms.get(letter="A")
    addresses = [
        reverse("learning_paper_key", args=[enrolment.cohort_id, "pre", "A"]),
        reverse("learning_form_key", args=[form.pk]),
        reverse("learning_form_paper", args=[form.pk]),
    ]
    assert [printer.get(address).status_code for address in addresses] == [302, 302, 302]
    author = make_staff("penulis", organisation=enrolment.cohort.organisation)
    grant(author, "cohorts.view_cohort", "assessments.view_question")
    printer.force_login(author)
    texts = [" ".join(pages(printer.get(address).content)) for address in addresses]
    assert ["RAHASIA" in text for text in texts] == [True, True, False]
