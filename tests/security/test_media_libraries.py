"""A trainer of another organisation meets no picture and no document of this one at any door of Wagtail."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Collection, UploadedFile

from lms.people.management.roles import TRAINER, set_up_roles
from lms.people.models import MediaLibrary, Organisation, StaffMembership
from lms.ui.policy import all_routes
from tests.factories import OrganisationFactory, make_staff
from tests.security.crawler import body_of

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
Image, Document = get_image_model(), get_document_model()
# Everything of Wagtail's that shows, changes or lists pictures and documents.
_DOORS = ("admin/images/", "admin/documents/", "admin/bulk/", "admin/api/main/^images", "admin/api/main/^doc")
ROUTES = sorted({route.route.replace("^", "") for route in all_routes() if route.route.startswith(_DOORS)})
# They ask for more than an id: what they answer is tried one by one below.
_BULK = "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/"
_CANARY = "KENARI"
CLOSED = {302, 403, 404, 405}


@dataclass(frozen=True)
class Media:
    """A picture and a document in a collection."""

    collection: Collection
    image: Any
    document: Any


@dataclass(frozen=True)
class Libraries:
    own: Media
    foreign: Media
    common: Media
    root: Media
    # Half of an upload, which waits for its other fields.
    upload: UploadedFile


def media_in(collection: Collection, name: str) -> Media:
    image = Image.objects.create(title=name, file=get_test_image_file(f"{name}.png"), collection=collection)
    file = ContentFile(b"%PDF-1.7 %%EOF", f"{name}.pdf")
    document = Document.objects.create(title=name, file=file, collection=collection)
    for thing in (image, document):
        log(thing, "wagtail.edit", title=name)
    return Media(collection, image, document)


def trainer_of(organisation: Organisation, name: str) -> Any:
    user = make_staff(name, organisation=organisation, sees_all=False)
    user.groups.add(Group.objects.get(name=TRAINER))
    return user


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def libraries() -> Libraries:
    set_up_roles()
    mine, theirs = OrganisationFactory(name="Dinas Kita"), OrganisationFactory(name=f"{_CANARY} Dinas")
    owner = trainer_of(theirs, "pelatih-sana")
    trainer_of(mine, "pelatih-sini")
    upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Image),
        file=ContentFile(b"x", f"{_CANARY}-x.png"),
        uploaded_by_user=owner,
    )
    common = MediaLibrary.objects.get(organisation=None).collection
    return Libraries(
        own=media_in(mine.library.collection, "milik-kita"),
        foreign=media_in(theirs.library.collection, f"{_CANARY}-sana"),
        common=media_in(common, "bersama"),
        root=media_in(Collection.get_first_root_node(), f"{_CANARY}-akar"),
        upload=upload,
    )


@pytest.fixture
def trainer(libraries: Libraries) -> Client:
    return signed_in(get_user_model().objects.get(username="pelatih-sini"))


def address_of(route: str, media: Media, upload: UploadedFile) -> str:
    thing = media.image if "images" in route else media.document
    known = {"filter_spec": "width-50", "uploaded_file_id": upload.pk}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known.get(found[1], thing.pk)), route)


def told(response: HttpResponseBase) -> str:
    text = body_of(response).decode("latin-1") + str(response.get("Location", ""))
    # Closing the answer would close the database of the test as well.
    for close in response._resource_closers:  # type: ignore[attr-defined]
        close()
    return text


def state() -> list[tuple[Any, ...]]:
    """Everything that a trainer could change."""
    return [
        *Image.objects.order_by("pk").values_list("pk", "title", "file", "collection"),
        *Document.objects.order_by("pk").values_list("pk", "title", "file", "collection"),
        *UploadedFile.objects.values_list("pk"),
    ]


def test_there_are_doors_to_knock_at() -> None:
    assert len(ROUTES) > 40
    assert _BULK in ROUTES


@pytest.mark.parametrize("where", ["foreign", "root"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_door_leads_to_what_is_not_ours(
    trainer: Client, libraries: Libraries, method: str, where: str
) -> None:
    media: Media = getattr(libraries, where)
    before, surprises = state(), []
    body = {"title": "dicuri", "collection": str(media.collection.pk), "tags": ""}
    for route in ROUTES:
        if route == _BULK:
            continue
        address = address_of(route, media, libraries.upload)
        query = f"?id={media.image.pk}&collection_id={media.collection.pk}&q={_CANARY}"
        for asked in (address, address + query):
            for ajax in ({}, {"headers": {"x-requested-with": "XMLHttpRequest"}}):
                response = getattr(trainer, method)(asked, body if method == "post" else None, **ajax)
                status, text = response.status_code, told(response)
                # The listing repeats the question, as every search page does.
                shown = text.replace(f"q={_CANARY}", "").replace(f'value="{_CANARY}"', "")
                if f"{_CANARY}-" in shown or f"{_CANARY} Dinas" in shown:
                    surprises.append(f"{method} {asked} tells a name ({status})")
                if "<" in route and status not in CLOSED:
                    surprises.append(f"{method} {asked} is open: {status}")
    assert surprises == []
    assert state() == before


@pytest.mark.parametrize("action", ["add_tags", "add_to_collection", "delete"])
@pytest.mark.parametrize("kind", ["image", "document"])
def test_nothing_foreign_is_changed_or_named_in_bulk(
    trainer: Client, libraries: Libraries, action: str, kind: str
) -> None:
    label = "wagtailimages" if kind == "image" else "wagtaildocs"
    foreign, own = getattr(libraries.foreign, kind), getattr(libraries.own, kind)
    address = reverse("wagtail_bulk_action", args=[label, kind, action])
    before = state()
    body = {"collection": libraries.own.collection.pk, "tags": "curian"}
    alone = f"{address}?id={foreign.pk}&next=/admin/"
    assert trainer.get(alone).status_code == trainer.post(alone, body).status_code == 404
    for query in (f"?id={foreign.pk}&id={own.pk}&next=/admin/", "?id=all&next=/admin/"):
        page = trainer.get(address + query)
        assert page.status_code == 200
        assert own.title in told(page)
        assert _CANARY not in told(page)
    assert state() == before
    trainer.post(f"{address}?id={foreign.pk}&id={own.pk}&next=/admin/", body)
    assert type(foreign).objects.filter(pk=foreign.pk, collection=foreign.collection).exists()
    assert not foreign.tags.exists()


def test_nothing_is_moved_to_a_foreign_collection(trainer: Client, libraries: Libraries) -> None:
    own, theirs = libraries.own, libraries.foreign.collection
    for name, thing in (("wagtailimages", own.image), ("wagtaildocs", own.document)):
        body = {"title": "pindah", "collection": theirs.pk, "tags": ""}
        trainer.post(reverse(f"{name}:edit", args=[thing.pk]), body)
        trainer.post(
            reverse(f"{name}:edit_multiple", args=[thing.pk]),
            {f"{'image' if name == 'wagtailimages' else 'doc'}-{thing.pk}-{key}": body[key] for key in body},
        )
        kind = thing._meta.model_name
        bulk = reverse("wagtail_bulk_action", args=[name, kind, "add_to_collection"])
        trainer.post(f"{bulk}?id={thing.pk}&next=/admin/", {"collection": theirs.pk})
        thing.refresh_from_db()
        assert thing.collection_id == own.collection.pk


@pytest.mark.parametrize(
    "way", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]
)
@pytest.mark.parametrize("where", ["foreign", "root", "common"])
def test_nothing_is_added_to_what_is_not_ours(
    trainer: Client, libraries: Libraries, way: str, where: str
) -> None:
    prefix = "image-chooser-upload-" if "chooser" in way else ""
    name = "files[]" if "multiple" in way else f"{prefix}file"
    file = SimpleUploadedFile("baru.png", get_test_image_file().file.getvalue(), "image/png")
    collection = getattr(libraries, where).collection.pk
    body = {f"{prefix}title": "baru", f"{prefix}collection": collection, f"{prefix}tags": "", name: file}
    trainer.post(reverse(way), body)
    # A trainer with one collection is not asked for it: Wagtail puts the picture there.
    assert set(Image.objects.filter(title="baru").values_list("collection", flat=True)) <= {
        libraries.own.collection.pk
    }


def test_the_own_library_is_open_and_the_common_one_to_choose_from(
    trainer: Client, libraries: Libraries
) -> None:
    for name, kind in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        own, common = getattr(libraries.own, kind), getattr(libraries.common, kind)
        assert trainer.get(reverse(f"{name}:edit", args=[own.pk])).status_code == 200
        assert trainer.get(reverse(f"{name}:edit", args=[common.pk])).status_code == 302
        assert trainer.get(reverse(f"{name}:delete", args=[common.pk])).status_code == 302
        for thing in (own, common):
            assert trainer.get(reverse(f"{name}_chooser:chosen", args=[thing.pk])).status_code == 200
        offered = told(trainer.get(reverse(f"{name}_chooser:choose")))
        assert own.title in offered
        assert common.title in offered
        listed = told(trainer.get(reverse(f"{name}:index")))
        assert own.title in listed
        assert common.title not in listed
    chosen = reverse("wagtailimages_chooser:select_format", args=[libraries.own.image.pk])
    assert trainer.get(chosen).status_code == 200


def test_no_report_and_no_search_of_the_admin_tells_of_them(trainer: Client, libraries: Libraries) -> None:
    addresses = [
        reverse("wagtailadmin_home"),
        "/admin/reports/site-history/",
        "/admin/reports/site-history/results/",
        "/admin/collections/",
        f"/admin/collections/{libraries.foreign.collection.pk}/",
        f"/admin/collections/{libraries.foreign.collection.pk}/privacy/",
        f"/admin/collections/{libraries.foreign.collection.pk}/delete/",
    ]
    for address in addresses:
        assert _CANARY not in told(trainer.get(address)), address


def test_administrators_see_everything(libraries: Libraries) -> None:
    client = signed_in(get_user_model().objects.create_superuser("admin"))
    for name in ("wagtailimages", "wagtaildocs"):
        listed = told(client.get(reverse(f"{name}:index")))
        for media in (libraries.own, libraries.foreign, libraries.common, libraries.root):
            assert media.image.title in listed
    api = client.get("/admin/api/main/images/").json()
    assert {item["title"] for item in api["items"]} >= {f"{_CANARY}-sana", "milik-kita"}


def test_who_leaves_the_organisation_or_the_role_leaves_the_library(libraries: Libraries) -> None:
    user = get_user_model().objects.get(username="pelatih-sini")
    edit = reverse("wagtailimages:edit", args=[libraries.own.image.pk])
    membership = StaffMembership.objects.get(user=user)
    organisation = membership.organisation
    membership.delete()
    assert signed_in(user).get(edit).status_code == 302
    StaffMembership.objects.create(user=user, organisation=organisation)
    assert signed_in(user).get(edit).status_code == 200
    user.groups.remove(Group.objects.get(name=TRAINER))
    assert signed_in(user).get(edit).status_code == 302
