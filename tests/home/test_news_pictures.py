"""Pictures of news: light, without what the camera wrote, and only the own organisation's to choose."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from home.domain.pictures import SIZES, light
from home.models import NewsPicture, TrainingNewsPage
from lms.cohorts.models import Cohort
from lms.people.models import RecordLogEntry
from tests.factories import CohortFactory
from tests.home.making import make_picture, photo
from tests.home.test_news import posted, sent, with_picture

pytestmark = pytest.mark.django_db


def upload() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F] = "KAMERA RAHASIA"
    content = io.BytesIO()
    Image.effect_noise((1800, 1200), 90).convert("RGB").save(content, "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile("IMG_0001.jpg", content.getvalue())


@pytest.mark.parametrize("size", list(SIZES))
def test_even_noise_is_made_light(size: str) -> None:
    side, most = SIZES[size]
    content, width, height = light(photo().content, side=side, most=most)
    assert len(content) <= most
    assert max(width, height) <= side
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (width, height)


def test_an_organiser_adds_a_picture_and_nothing_of_the_camera_stays(
    organiser: Client, cohort: Cohort
) -> None:
    address = reverse("news_picture:add")
    data = {"cohort": cohort.pk, "alt": "Orang duduk melingkar", "credit": "Panitia", "photo": upload()}
    answer = organiser.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    picture = NewsPicture.objects.get()
    assert (picture.everybody_agreed, picture.agreed_at) == (False, None)
    assert picture.large_bytes <= SIZES["large"][1]
    content = sent(organiser, picture.large_url)
    assert b"RAHASIA" not in content
    assert Client().get(picture.large_url).status_code == 404
    edit = reverse("news_picture:edit", args=[picture.pk])
    answer = organiser.post(edit, {"alt": "Orang", "credit": "", "everybody_agreed": "on"})
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert picture.agreement_recorded_by == organiser.user  # type: ignore[attr-defined]
    assert len(sent(Client(), picture.small_url)) == picture.small_bytes
    assert RecordLogEntry.objects.filter(action="home.picture_agreed").count() == 1


def test_what_is_no_photo_is_told_and_nothing_typed_is_lost(organiser: Client, cohort: Cohort) -> None:
    data = {"cohort": cohort.pk, "alt": "Orang 9921", "photo": SimpleUploadedFile("a.jpg", b"bukan foto")}
    answer = organiser.post(reverse("news_picture:add"), data)
    assert answer.status_code == 200
    assert "Orang 9921" in answer.content.decode()
    assert not NewsPicture.objects.exists()


def test_another_photo_needs_the_tick_anew(organiser: Client, cohort: Cohort) -> None:
    picture = make_picture(cohort)
    edit = reverse("news_picture:edit", args=[picture.pk])
    data = {"alt": picture.alt, "everybody_agreed": "on", "photo": upload()}
    assert organiser.post(edit, data).status_code == 200
    data = {"alt": picture.alt, "photo": upload()}
    assert organiser.post(edit, data).status_code == 302
    assert not NewsPicture.objects.get().everybody_agreed


def test_a_picture_of_another_organisation_is_in_no_list_and_no_dialogue(
    organiser: Client, foreign_organiser: Client, cohort: Cohort
) -> None:
    picture = make_picture(cohort, agreed=False, alt="Kenari 4410")
    addresses = [
        reverse("news_picture:index"),
        reverse("news_picture:edit", args=[picture.pk]),
        reverse("news_picture:history", args=[picture.pk]),
        reverse("news_picture_chooser:choose"),
        reverse("news_picture_chooser:choose_results"),
        reverse("news_picture_chooser:chosen", args=[picture.pk]),
        f"{reverse('news_picture_chooser:chosen_multiple')}?id={picture.pk}",
        reverse("news_picture_chooser:create"),
        picture.large_url,
    ]
    found = [address for address in addresses if shows(foreign_organiser.get(address), "Kenari 4410")]
    assert found == []
    assert foreign_organiser.get(picture.large_url).status_code == 404
    assert shows(organiser.get(addresses[0]), "Kenari 4410")
    assert shows(organiser.get(addresses[3]), "Kenari 4410")
    assert shows(organiser.get(addresses[5]), "Kenari 4410")


def test_trainings_of_others_are_not_offered_for_a_picture(foreign_organiser: Client, cohort: Cohort) -> None:
    for address in (reverse("news_picture:add"), reverse("news_picture_chooser:choose")):
        assert cohort.title not in foreign_organiser.get(address).content.decode()
    data = {"cohort": cohort.pk, "alt": "Orang", "photo": upload()}
    foreign_organiser.post(reverse("news_picture:add"), data)
    assert not NewsPicture.objects.exists()


def test_a_page_cannot_take_a_picture_of_another_organisation(
    organiser: Client, draft: TrainingNewsPage
) -> None:
    theirs = make_picture(CohortFactory())
    answer = organiser.post(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]), posted(draft, **with_picture(theirs))
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    organiser: Client, cohort: Cohort, number: int, query_count: Any
) -> None:
    for place in range(number):
        make_picture(cohort, alt=f"Gambar {place}")
    organiser.get(reverse("news_picture:index"))
    with query_count(16):
        organiser.get(reverse("news_picture:index"))


def shows(response: Any, words: str) -> bool:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return words in body.decode(errors="replace")
