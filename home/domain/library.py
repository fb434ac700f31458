"""Shelves of the library, who may write and propose in them, and which files of theirs everybody may get."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.domain.news import branch_of, may_write_news, mirror, open_page
from home.models import LibraryPage, LibraryShelfPage, published_documents
from lms.people.models import Organisation

MAY_PROPOSE = "cohorts.view_cohort"
_WRITER_FILES = ("add_document", "change_document", "choose_document")
_PROPOSER_FILES = ("add_document", "choose_document")


def shelf_of(organisation: Organisation) -> LibraryShelfPage:
    """The shelf of an organisation in the site's own language; made, with all it needs, if it is not there.

    Who writes the organisation's news publishes here; its trainers propose, and those approve.
    Raises ValidationError (``no_library``) on a site without a page for the library.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        found = existing_shelf(organisation)
        if found is not None:
            return found
        library = LibraryPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if library is None:
            raise ValidationError(
                _("This site has no library yet. An administrator adds one below the front page."),
                code="no_library",
            )
        writers = branch_of(organisation).group
        shelf = LibraryShelfPage(
            organisation=organisation,
            proposers=Group.objects.create(name=_free(Group, "Pengusul pustaka", organisation)),
            collection=_collection(_free(Collection, "Pustaka", organisation)),
            title=organisation.name,
            slug=find_available_slug(library, slugify(organisation.name)[:60] or "organisasi"),
            locale=library.locale,
        )
        library.add_child(instance=shelf)
        shelf.save_revision().publish()
        for page in (shelf, *mirror(shelf)):
            open_page(page, writers)
            open_page(page, shelf.proposers, ("add_page",))
        _open_files(shelf.collection, writers, _WRITER_FILES)
        _open_files(shelf.collection, shelf.proposers, _PROPOSER_FILES)
        _ask_for_approval(shelf, writers)
        for user in get_user_model().objects.filter(memberships__organisation=organisation):
            keep_proposers(user=user)
    return shelf


def existing_shelf(organisation: Organisation) -> LibraryShelfPage | None:
    """The shelf of an organisation if it has one."""
    found: LibraryShelfPage | None = LibraryShelfPage.objects.filter(
        organisation=organisation, locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
    ).first()
    return found


def may_propose(user: Any) -> bool:
    """Whether this member of staff may propose documents to the organisations it works for."""
    return bool(user.is_active and not user.is_superuser and user.has_perm(MAY_PROPOSE))


def keep_proposers(*, user: Any) -> None:
    """Bring a person's groups of proposers to what that person is: staff who may not publish themselves.
    Repeating changes nothing."""
    with transaction.atomic():
        # Anew: an object in memory remembers permissions that it had.
        person = get_user_model().objects.filter(pk=user.pk).first()
        if person is None:
            return
        proposes = may_propose(person) and not may_write_news(person)
        organisations = person.memberships.values("organisation")
        shelves = LibraryShelfPage.objects.filter(organisation__in=organisations)
        wanted = set(Group.objects.filter(shelves__in=shelves)) if proposes else set()
        had = set(person.groups.filter(shelves__isnull=False))
        if had - wanted:
            person.groups.remove(*(had - wanted))
        if wanted - had:
            person.groups.add(*(wanted - had))


def is_hidden(document: Any) -> bool:
    """Whether a file lies in the library and no published document shows it."""
    if not LibraryShelfPage.objects.filter(collection=document.collection_id).exists():
        return False
    return not published_documents().filter(document=document.pk).exists()


def _free(model: Any, name: str, organisation: Organisation) -> str:
    """A name for one organisation: its short code alone is not unique."""
    wished = f"{name} {organisation.short_code}"
    return f"{wished} {organisation.pk}" if model.objects.filter(name=wished).exists() else wished


def _collection(name: str) -> Collection:
    made: Collection = Collection.get_first_root_node().add_child(name=name)
    return made


def _open_files(collection: Collection, group: Group, codenames: tuple[str, ...]) -> None:
    permissions = Permission.objects.filter(content_type__app_label="wagtaildocs", codename__in=codenames)
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _ask_for_approval(shelf: LibraryShelfPage, writers: Group) -> None:
    """What a trainer proposes waits for the organisers of the same organisation."""
    workflow = Workflow.objects.create(name=f"Pustaka {shelf.organisation.name}"[:255])
    task = GroupApprovalTask.objects.create(name=f"Periksa dokumen, {shelf.organisation.name}"[:255])
    task.groups.set([writers])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=shelf)
