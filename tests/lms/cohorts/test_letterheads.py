"""Letterheads: who keeps them, what they may hold, which one a training has, how they look without a logo."""

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from lms.cohorts.exports.frame import frame_of
from lms.cohorts.models import Cohort, Letterhead
from lms.cohorts.queries.letterheads import letterhead_of
from lms.people.models import Organisation, RecordLogEntry
from lms.press.paper import SIZES
from tests.factories import OrganisationFactory, VillageFactory
from tests.helpers import grant
from tests.lms.press.reading import sizes_of, text_of

LINES = "PEMERINTAH KABUPATEN BELU\nKECAMATAN LAMAKNEN SELATAN\nDESA LOONUNA"


def letterhead(organisation: Organisation, **fields: Any) -> Letterhead:
    return Letterhead.objects.create(organisation=organisation, **{"lines": LINES, **fields})


def picture(form: str = "PNG", mode: str = "RGBA") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new(mode, (50, 80)).save(file, form)
    return SimpleUploadedFile("lambang.png", file.getvalue(), content_type="image/png")


def posted(**fields: Any) -> dict[str, Any]:
    return {"village": "", "lines": LINES, "contact": "Piebulak", **fields}


def images_in(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images)


def test_an_organiser_writes_the_letterhead_of_the_own_organisation(
    organiser: Client, organisation: Organisation
) -> None:
    response = organiser.post(
        reverse("letterhead:add"), posted(new_logo=picture(), lines=f"\n  {LINES} \n\n")
    )
    made = Letterhead.objects.get()
    assert response["Location"] == reverse("letterhead:edit", args=[made.pk])
    assert made.organisation == organisation
    assert made.lines == LINES
    assert made.logo.name.startswith("letterheads/")
    assert "lambang" not in made.logo.name
    assert RecordLogEntry.objects.for_instance(made).count() == 1


def test_a_logo_is_drawn_anew_on_white(organiser: Client) -> None:
    organiser.post(reverse("letterhead:add"), posted(new_logo=picture()))
    with Letterhead.objects.get().logo.open("rb") as file:
        logo = Image.open(file)
        assert logo.format == "JPEG"
        assert logo.getpixel((0, 0)) == (255, 255, 255)


def test_a_logo_that_is_no_picture_is_refused_and_nothing_typed_is_lost(organiser: Client) -> None:
    fake = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")
    response = organiser.post(reverse("letterhead:add"), posted(new_logo=fake))
    assert response.status_code == 200
    assert "new_logo" in response.context["form"].errors
    assert "KECAMATAN LAMAKNEN SELATAN" in response.content.decode()
    assert not Letterhead.objects.exists()


def test_a_letterhead_has_six_lines_at_most_and_one_at_least(organiser: Client) -> None:
    for lines in ("\n".join("ABCDEFG"), " \n "):
        response = organiser.post(reverse("letterhead:add"), posted(lines=lines))
        assert "lines" in response.context["form"].errors


def test_a_logo_can_be_replaced_and_taken_away(organiser: Client, organisation: Organisation) -> None:
    organiser.post(reverse("letterhead:add"), posted(new_logo=picture()))
    made = Letterhead.objects.get()
    first, page = made.logo.name, reverse("letterhead:edit", args=[made.pk])
    organiser.post(page, posted())
    made.refresh_from_db()
    assert made.logo.name == first
    organiser.post(page, posted(new_logo=picture("JPEG", "RGB")))
    made.refresh_from_db()
    assert made.logo.name != first
    organiser.post(page, posted(without_logo="on"))
    made.refresh_from_db()
    assert not made.logo


def test_a_second_letterhead_for_the_same_place_is_refused_with_a_sentence(
    organiser: Client, organisation: Organisation
) -> None:
    village = VillageFactory()
    letterhead(organisation)
    letterhead(organisation, village=village)
    for place in ("", str(village.pk)):
        response = organiser.post(reverse("letterhead:add"), posted(village=place))
        assert response.status_code == 200
        assert response.context["form"].non_field_errors()
    assert Letterhead.objects.count() == 2


def test_the_database_keeps_one_letterhead_for_each_place(organisation: Organisation) -> None:
    village = VillageFactory()
    letterhead(organisation)
    letterhead(organisation, village=village)
    letterhead(OrganisationFactory(), village=village)
    for place in (None, village):
        with pytest.raises(IntegrityError), transaction.atomic():
            letterhead(organisation, village=place)


def test_letterheads_of_others_are_not_found(
    organiser: Client, foreign_organiser: Client, organisation: Organisation
) -> None:
    made = letterhead(organisation)
    for name in ("edit", "delete", "history", "sample"):
        assert foreign_organiser.get(reverse(f"letterhead:{name}", args=[made.pk])).status_code == 404
        assert organiser.get(reverse(f"letterhead:{name}", args=[made.pk])).status_code == 200
    assert "DESA LOONUNA" not in foreign_organiser.get(reverse("letterhead:index")).content.decode()
    assert "DESA LOONUNA" in organiser.get(reverse("letterhead:index")).content.decode()


def test_the_sample_needs_the_permission(bystander: Client, organisation: Organisation) -> None:
    made = letterhead(organisation)
    assert bystander.get(reverse("letterhead:sample", args=[made.pk])).status_code == 302
    grant(bystander.user, "cohorts.view_letterhead")  # type: ignore[attr-defined]
    assert bystander.get(reverse("letterhead:sample", args=[made.pk])).status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_the_sample_shows_what_is_saved(organiser: Client, organisation: Organisation, size: str) -> None:
    made = letterhead(organisation, contact="Telepon 0389-123")
    pdf = organiser.get(reverse("letterhead:sample", args=[made.pk]), {"size": size}).content
    assert text_of(pdf).startswith(
        "PEMERINTAH KABUPATEN BELU KECAMATAN LAMAKNEN SELATAN DESA LOONUNA Telepon"
    )
    assert sizes_of(pdf) == {(210, 297) if size == "a4" else (215, 330)}


@pytest.mark.parametrize("content", [None, b"", b"\x89PNG\r\n\x1a\nrusak", b"kata"])
def test_a_logo_that_is_gone_or_spoilt_does_not_stop_the_paper(
    organiser: Client, organisation: Organisation, content: bytes | None
) -> None:
    organiser.post(reverse("letterhead:add"), posted(new_logo=picture()))
    made = Letterhead.objects.get()
    sample = reverse("letterhead:sample", args=[made.pk])
    assert images_in(organiser.get(sample).content) == 1
    file = Path(made.logo.path)
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    pdf = organiser.get(sample).content
    assert images_in(pdf) == 0
    assert "DESA LOONUNA" in text_of(pdf)


def test_the_village_of_the_training_comes_before_the_organisation(cohort: Cohort) -> None:
    assert letterhead_of(cohort) is None
    assert frame_of(cohort, "x").heading.lines == (cohort.organisation.name,)
    letterhead(cohort.organisation, village=VillageFactory())
    letterhead(OrganisationFactory(), village=cohort.village)
    assert letterhead_of(cohort) is None
    general = letterhead(cohort.organisation)
    assert letterhead_of(cohort) == general
    own = letterhead(cohort.organisation, village=cohort.village)
    assert letterhead_of(cohort) == own


def test_a_letterhead_is_called_by_its_last_line() -> None:
    assert str(Letterhead(lines=LINES)) == "DESA LOONUNA"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    organiser: Client, organisation: Organisation, number: int, query_count: Any
) -> None:
    for _ in range(number):
        letterhead(organisation, village=VillageFactory())
    organiser.get(reverse("letterhead:index"))
    with query_count(16):
        organiser.get(reverse("letterhead:index"))
