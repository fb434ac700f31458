"""What trainings themselves put on the page of a training: people, cards, and the training's own form."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Cohort
from lms.cohorts.registry import register_cohort_link
from lms.cohorts.stages import Deed


def _address(name: str, cohort: Cohort) -> str:
    return reverse(name, args=[cohort.pk])


def _letterheads(cohort: Cohort) -> str:
    return reverse("letterhead:index")


def register_own_links() -> None:
    """Called once when the apps are ready."""
    _register_people()
    _register_training()


def _register_people() -> None:
    register_cohort_link(
        "cohorts.add_person",
        label=_("Add a participant"),
        url=partial(_address, "cohort:add_person"),
        permission="cohorts.add_enrolment",
        also=("people.add_participant",),
        deed=Deed.ENROL,
        group=LinkGroup.BEFORE,
        order=10,
        icon="plus",
    )
    register_cohort_link(
        "cohorts.import_people",
        label=_("Import a list"),
        url=partial(_address, "cohort:import_people"),
        permission="cohorts.add_enrolment",
        also=("people.add_participant", "people.view_participant", "people.see_all_trainings"),
        deed=Deed.ENROL,
        group=LinkGroup.BEFORE,
        order=20,
        icon="upload",
    )
    register_cohort_link(
        "cohorts.cards",
        label=_("Cards with code and PIN"),
        url=partial(_address, "cohort:cards"),
        permission="people.issue_pin_participant",
        deed=Deed.CARDS,
        group=LinkGroup.BEFORE,
        order=30,
        icon="key",
    )


def _register_training() -> None:
    register_cohort_link(
        "cohorts.letterheads",
        label=_("Letterheads"),
        url=_letterheads,
        permission="cohorts.change_letterhead",
        deed=Deed.CHANGE,
        group=LinkGroup.BEFORE,
        order=50,
        icon="title",
    )
    register_cohort_link(
        "cohorts.edit",
        label=_("Edit the training"),
        url=partial(_address, "cohort:edit"),
        permission="cohorts.change_cohort",
        deed=Deed.CHANGE,
        group=LinkGroup.BEFORE,
        order=70,
        icon="edit",
    )
    register_cohort_link(
        "cohorts.clone",
        label=_("Copy for a new year"),
        url=partial(_address, "cohort:clone"),
        permission="cohorts.change_cohort",
        also=("cohorts.add_cohort",),
        group=LinkGroup.BEFORE,
        order=80,
        icon="copy",
    )
    register_cohort_link(
        "cohorts.history",
        label=_("History"),
        url=partial(_address, "cohort:history"),
        permission="cohorts.change_cohort",
        group=LinkGroup.AFTER,
        order=99,
        icon="history",
    )
