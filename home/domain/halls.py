"""The page of a village's hall: made once, opened to the writers of one organisation."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log

from home.domain.news import branch_of, mirror, open_page
from home.models import BalaiRakyatIndexPage, BalaiRakyatPage
from lms.cohorts.queries.villages import villages_of
from lms.people.models import Organisation, Village

_PERMISSIONS = ("change_page", "publish_page")


def draft_hall(*, village: Village, organisation: Organisation, user: Any) -> BalaiRakyatPage:
    """A draft for the hall of a village in which the organisation holds trainings.

    Raises ValidationError: ``not_your_village``, ``taken`` (the village has a page already) or ``no_index``.
    """
    with transaction.atomic():
        Village.objects.select_for_update().get(pk=village.pk)
        _check(village, organisation)
        index = BalaiRakyatIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if index is None:
            raise ValidationError(
                _(
                    "This site has no list of Balai Rakyat yet. "
                    "An administrator adds one below the front page."
                ),
                code="no_index",
            )
        title = f"Balai Rakyat {village.name}"
        page = BalaiRakyatPage(
            organisation=organisation,
            village=village,
            title=title,
            slug=find_available_slug(index, slugify(title)[:80]),
            locale=index.locale,
            owner=user,
            live=False,
        )
        index.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        log(page, "wagtail.create", user=user, content_changed=True)
        writers = branch_of(organisation).group
        for each in (page, *mirror(page)):
            open_page(each, writers, _PERMISSIONS)
    return page


def _check(village: Village, organisation: Organisation) -> None:
    if not villages_of(organisation).filter(pk=village.pk).exists():
        raise ValidationError(
            _("Your organisation holds no training in this village."), code="not_your_village"
        )
    if BalaiRakyatPage.objects.filter(village=village, alias_of__isnull=True).exists():
        raise ValidationError(
            _("This village has a page for its Balai Rakyat already. An administrator can say who keeps it."),
            code="taken",
        )
