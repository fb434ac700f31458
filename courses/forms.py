"""What is asked of staff about courses."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from courses.checker import stale_years
from courses.domain import members_of
from courses.models import CoursePage


class CopyForm(forms.Form):
    """Title, address and year of the copy."""

    title = forms.CharField(label=_("Title"), max_length=255)
    year = forms.IntegerField(
        label=_("Year"), min_value=2000, max_value=2199, help_text=_("The year in which it is held.")
    )
    slug = forms.SlugField(
        label=_("Address"),
        max_length=255,
        help_text=_("The last part of the page's address: small letters, digits and hyphens."),
    )

    def __init__(self, *args: Any, course: CoursePage, **kwargs: Any) -> None:
        year = (course.year or timezone.localdate().year) + 1
        title = _for_year(course.title, course.year, year)
        initial = {"title": title, "year": year, "slug": _slug_for(course, title, year)}
        super().__init__(*args, initial=initial, **kwargs)


class _PeopleField(forms.ModelMultipleChoiceField):
    """Staff by the name that people call them; who has none, by the name of the account."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class TeamForm(forms.Form):
    """The people who write a course."""

    users = _PeopleField(
        label=_("Authors"),
        queryset=get_user_model().objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only they change this course. Somebody else, a second reader, publishes it."),
    )

    def __init__(self, *args: Any, course: CoursePage, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"users": members_of(course)}, **kwargs)
        self.fields["users"].queryset = choices


def _for_year(title: str, formerly: int | None, year: int) -> str:
    """The title with its year replaced; a title without one stays."""
    wanted = {formerly} if formerly else {found.year for found in stale_years(title, year=year)}
    for old in wanted:
        title = title.replace(str(old), str(year))
    return title


def _slug_for(course: CoursePage, title: str, year: int) -> str:
    slug = slugify(title)[:240]
    return slug if slug and slug != course.slug else f"{course.slug[:240]}-{year}"
