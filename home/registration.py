"""What news adds to the page of a training, and the library to the search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.registry import register_search_source
from courses.search import PageSource
from home.domain.news import MAY_WRITE
from home.models import LibraryDocument
from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link


def _news_url(cohort: Cohort) -> str:
    return reverse("training_news", args=[cohort.pk])


def register_news() -> None:
    """Called once when the apps are ready."""
    register_cohort_link(
        "home.news",
        label=_("News"),
        url=_news_url,
        permission=MAY_WRITE,
        group=LinkGroup.AFTER,
        order=70,
        icon="site",
    )


def register_library() -> None:
    """Called once when the apps are ready."""
    register_search_source(
        PageSource(
            "library", _("Library"), 50, LibraryDocument, among=lambda pages: pages.filter(may_be_public=True)
        )
    )
