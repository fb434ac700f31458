"""What authors find in the block chooser, and what blocks refuse."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.blocks import StreamBlockValidationError
from wagtail.documents import get_document_model

from assessments.models import SingleChoiceQuestion
from assessments.questions.base import PRACTICE_BANK
from courses.blocks import GuideBlock, LessonBlock, practice_questions
from courses.blocks.media import AudioChooserBlock
from courses.blocks.practice import PracticeBlock
from courses.models import GlossaryTerm
from tests.courses.trees import blocks

CANARY = "KENARI-FASILITATOR"
FOR_STAFF = {"type": "facilitator", "value": {"text": f"<p>{CANARY}</p>"}}
CHILDREN = list(LessonBlock().child_blocks.items())


@pytest.mark.parametrize(("name", "block"), CHILDREN, ids=[name for name, _block in CHILDREN])
def test_every_block_says_what_it_is_for_and_shows_itself(name: str, block: Any) -> None:
    assert block.meta.group
    assert str(block.label)
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    assert block.get_preview_template(None) == "courses/block_preview.html"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "block"), CHILDREN, ids=[name for name, _block in CHILDREN])
def test_every_block_is_drawn_as_its_preview_from_nothing_but_words(name: str, block: Any) -> None:
    html = block.render(block.get_preview_value())
    assert bool(html.strip()) is (name not in ("facilitator", "document", "terms"))


def make_question(**fields: Any) -> SingleChoiceQuestion:
    values = {"code": "P-M1.1", "stem": "Apa?", "bank": PRACTICE_BANK, **fields}
    return SingleChoiceQuestion.objects.create(**values)


@pytest.mark.django_db
def test_only_questions_that_no_test_may_ask_can_be_practised() -> None:
    fitting = make_question()
    make_question(code="P-2", is_current=False, version=1)
    make_question(code="P-3", live=False)
    make_question(code="P-4", retired_at="2026-11-01T00:00Z")
    make_question(code="P-5", bank="utama")
    assert [question.pk for question in practice_questions()] == [fitting.pk]


@pytest.mark.django_db
def test_practice_is_kept_as_a_code_and_a_gone_question_is_refused() -> None:
    make_question()
    block = PracticeBlock()
    assert block.clean("P-M1.1") == "P-M1.1"
    assert block.get_prep_value(block.to_python("P-M1.1")) == "P-M1.1"
    with pytest.raises(ValidationError):
        block.clean("P-M9.9")


@pytest.mark.django_db
def test_the_editor_shows_what_a_code_means_and_keeps_one_that_means_nothing_yet() -> None:
    make_question()
    block = PracticeBlock()
    assert block.get_form_state("P-M1.1")["title"] == "P-M1.1: Apa?"
    assert block.get_form_state("P-M1.1")["id"] == "P-M1.1"
    assert block.get_form_state("P-M9.9") == {"id": "P-M9.9", "edit_url": None, "title": "P-M9.9"}
    assert block.get_form_state(None) is None


@pytest.mark.django_db
def test_a_recording_is_a_sound_file() -> None:
    model = get_document_model()
    sound = model.objects.create(title="Suara", file=ContentFile(b"x", name="suara.MP3"))
    paper = model.objects.create(title="Surat", file=ContentFile(b"x", name="surat.pdf"))
    block = AudioChooserBlock()
    assert block.clean(sound) == sound
    with pytest.raises(ValidationError, match="mp3"):
        block.clean(paper)


@pytest.mark.django_db
def test_a_file_tells_its_kind_and_size_and_warns_when_it_is_heavy() -> None:
    model = get_document_model()
    for size, warned in ((900, False), (300_000, True)):
        file = model.objects.create(title="Suara", file=ContentFile(b"x" * size, name="suara.mp3"))
        value = {"title": "Dibacakan", "file": file.pk, "minutes": 4, "transcript": "<p>Selamat pagi.</p>"}
        [block] = blocks([{"type": "audio", "value": value}])
        with translation.override("en"):
            soup = BeautifulSoup(str(block), "html.parser")
        assert soup.audio["preload"] == "none"
        assert "autoplay" not in soup.audio.attrs
        assert "MP3" in soup.text
        assert "Selamat pagi." in soup.text
        assert ("better on a free connection" in soup.text) is warned


def test_a_quotation_needs_consent_and_is_not_shown_without() -> None:
    value = {"text": "Kata.", "name": "Warga", "role": "", "consented_on": "2026-11-24", "consent": False}
    stream = blocks([{"type": "quotation", "value": value}])
    with pytest.raises(StreamBlockValidationError):
        LessonBlock().clean(stream)
    assert "Kata." not in str(stream)
    allowed = blocks([{"type": "quotation", "value": {**value, "consent": True}}])
    LessonBlock().clean(allowed)
    assert "Kata." in str(allowed)


@pytest.mark.django_db
def test_terms_show_their_meaning_in_the_order_of_the_lesson_and_leave_out_the_unknown() -> None:
    for slug in ("bpd", "musdes"):
        GlossaryTerm.objects.create(slug=slug, term=slug, meaning=f"Arti {slug}.")
    [block] = blocks([{"type": "terms", "value": {"terms": ["musdes", "tidak-ada", "bpd"]}}])
    soup = BeautifulSoup(str(block), "html.parser")
    assert [each.summary.text for each in soup.find_all("details")] == ["musdes", "bpd"]
    assert "Arti musdes." in soup.text


# What is for facilitators only


def test_a_note_for_the_facilitator_is_in_no_html_no_search_and_no_api() -> None:
    stream = blocks([{"type": "paragraph", "value": "<p>Awal.</p>"}, FOR_STAFF])
    schema = LessonBlock()
    assert CANARY not in stream.render_as_block()
    assert CANARY not in str(schema.get_searchable_content(stream))
    assert CANARY not in str(schema.get_api_representation(stream))
    assert len(schema.get_api_representation(stream)) == 1


def test_a_guide_is_in_no_search_and_no_api() -> None:
    schema = GuideBlock()
    parts = [{"type": "text", "value": f"<p>{CANARY}</p>"}]
    stream = schema.to_python([{"type": "step", "value": {"title": CANARY, "minutes": 5, "parts": parts}}])
    assert schema.get_searchable_content(stream) == []
    assert schema.get_api_representation(stream) == []


def test_the_grid_of_a_table_is_asked_for_a_language_that_it_has() -> None:
    with translation.override("id"):
        assert LessonBlock().child_blocks["table"].get_table_options()["language"] == "en-US"
