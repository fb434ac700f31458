"""Branches of the news tree, who may write in them, and the draft for a training."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission, Locale, Page

from home.models import NewsIndexPage, OrganisationNewsPage, TrainingNewsPage
from lms.cohorts.models import Cohort
from lms.evaluation.reports.public import public_summary
from lms.people.models import Organisation
from lms.people.scoping import SEE_ALL

MAY_WRITE = "cohorts.change_cohort"
_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")


def draft_news(*, cohort: Cohort, user: Any) -> TrainingNewsPage:
    """A draft that holds what the training says already: title, theme, dates, place and who came.

    Raises ValidationError (``no_index``) on a site without a page for news.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        branch = branch_of(cohort.organisation)
        place = ", ".join(part for part in (cohort.venue, str(cohort.village)) if part)
        page = TrainingNewsPage(
            cohort=cohort,
            title=cohort.title,
            slug=find_available_slug(branch, slugify(f"{cohort.title} {cohort.code}")[:80]),
            theme=cohort.theme,
            place=place,
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            thanks=", ".join(cohort.parties.values_list("name", flat=True))[:300],
            lead=_lead(cohort),
            figures=public_summary(cohort, with_results=False),
            locale=branch.locale,
            owner=user,
            live=False,
        )
        branch.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        log(page, "wagtail.create", user=user, content_changed=True)
        mirror(page)
    return page


def branch_of(organisation: Organisation) -> OrganisationNewsPage:
    """The branch of an organisation in the site's own language; made, with its group, if it is not there.

    Raises ValidationError (``no_index``) on a site without a page for news.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        found = OrganisationNewsPage.objects.filter(
            organisation=organisation, locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
        ).first()
        if found is not None:
            return found
        index = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if index is None:
            raise ValidationError(
                _("This site has no page for news yet. An administrator adds one below the front page."),
                code="no_index",
            )
        # The short code alone is not unique, the name alone may be long.
        name = f"Berita {organisation.short_code}"
        if Group.objects.filter(name=name).exists():
            name = f"{name} {organisation.pk}"
        branch = OrganisationNewsPage(
            organisation=organisation,
            group=Group.objects.create(name=name),
            title=organisation.name,
            slug=find_available_slug(index, slugify(organisation.name)[:60] or "organisasi"),
            locale=index.locale,
        )
        index.add_child(instance=branch)
        branch.save_revision().publish()
        for page in (branch, *mirror(branch)):
            open_page(page, branch.group)
        for user in get_user_model().objects.filter(memberships__organisation=organisation):
            keep_writers(user=user)
    return branch


def may_write_news(user: Any) -> bool:
    """Whether this member of staff writes what the organisations it works for publish: a branch holds the
    news of all their trainings."""
    return bool(user.is_active and not user.is_superuser and user.has_perms((MAY_WRITE, SEE_ALL)))


def keep_writers(*, user: Any) -> None:
    """Bring a person's groups of news to what that person is: who may change an organisation's trainings
    writes its news, nobody else. Repeating changes nothing."""
    with transaction.atomic():
        # Anew: an object in memory remembers permissions that it had.
        person = get_user_model().objects.filter(pk=user.pk).first()
        if person is None:
            return
        may_write = may_write_news(person)
        organisations = person.memberships.values("organisation") if may_write else []
        branches = OrganisationNewsPage.objects.filter(organisation__in=organisations)
        wanted = set(Group.objects.filter(news_branches__in=branches)) if may_write else set()
        had = set(person.groups.filter(news_branches__isnull=False))
        if had - wanted:
            person.groups.remove(*(had - wanted))
        if wanted - had:
            person.groups.add(*(wanted - had))


def mirror(page: Page) -> list[Page]:
    """Let a page made by us appear below the other languages, as one made in the admin does."""
    if not getattr(settings, "WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE", False):
        return []
    others = Locale.objects.exclude(pk=page.locale_id)
    return [
        page.copy_for_translation(locale, copy_parents=True, alias=True)
        for locale in others
        if not page.has_translation(locale)
    ]


def open_page(page: Page, group: Group, codenames: Sequence[str] = _PAGE_PERMISSIONS) -> None:
    """Give a group permissions on a page and what is below it."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=codenames
    )
    for permission in permissions:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _lead(cohort: Cohort) -> str:
    return _("A training in %(village)s on %(day)s.") % {
        "village": cohort.village.name,
        "day": formats.date_format(cohort.starts_on, "j F Y"),
    }
