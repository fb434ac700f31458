"""Puts the demonstration together, once, and keeps its sign-ins where ``./run`` finds them."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale

from assessments.models import Assessment
from courses.domain import REVIEWER, members_of, set_team
from courses.models import CoursePage
from home.demonstration import loonuna, news, practice, signins
from lms.cohorts.models import Cohort, Enrolment, Facilitator
from lms.people.domain import issue_pin
from lms.people.management.roles import ORGANISER, TRAINER
from lms.people.models import Organisation, StaffMembership, Village

COURSE_SLUG = "perencanaan-desa"
ASSESSMENT_CODE = "tes-pendek"
_STAFF = (
    ("Penyelenggara", "penyelenggara", ORGANISER),
    ("Pelatih", "pelatih", TRAINER),
    ("Pemeriksa materi", "pemeriksa", REVIEWER),
    ("Administrator", "admin", None),
)


def load_demonstration() -> bool:
    """Make organisation, staff and both cohorts if they are missing. True if something was made.

    What is there already stays as it is, edits included. If only the file of sign-ins was lost, the
    simulated people get new passwords and PINs.
    """
    with transaction.atomic():
        made = not Cohort.objects.filter(code__in=(loonuna.CODE, practice.CODE)).exists()
        if made:
            organisation = Organisation.objects.create(name="Pemerintah Desa Loonuna", short_code="DS-LNN")
            participants = _load_cohorts(organisation)
        elif signins.file().exists():
            return False
        else:
            organisation = Organisation.objects.get(cohorts__code=loonuna.CODE)
            participants = _new_pins()
        signins.write({"staff": _load_staff(organisation), "participants": participants})
        if made:
            writer = get_user_model().objects.get(username="penyelenggara")
            news.load(Cohort.objects.get(code=loonuna.CODE), user=writer)
    return made


def _load_cohorts(organisation: Organisation) -> list[dict[str, str]]:
    village = Village.objects.create(
        name="Loonuna",
        district="Lamaknen Selatan",
        regency="Belu",
        province="Nusa Tenggara Timur",
        time_zone="Asia/Makassar",
    )
    common: dict[str, Any] = {
        "organisation": organisation,
        "village": village,
        "course": _course(),
        "assessment": Assessment.objects.get(code=ASSESSMENT_CODE),
    }
    loonuna.load(**common)
    return practice.load(**common)


def _course() -> CoursePage:
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    return CoursePage.objects.get(slug=COURSE_SLUG, locale=locale)


def _load_staff(organisation: Organisation) -> list[dict[str, str]]:
    entries = []
    for role, username, group in _STAFF:
        password = signins.new_password()
        user, _ = get_user_model().objects.get_or_create(username=username)
        user.first_name, user.last_name = role, "(peragaan)"
        user.is_superuser = group is None
        user.set_password(password)
        user.save()
        if group is not None:
            user.groups.add(Group.objects.get(name=group))
        StaffMembership.objects.get_or_create(user=user, organisation=organisation)
        if group == TRAINER:
            set_team(course=_course(), users={*members_of(_course()), user})
            for cohort in Cohort.objects.filter(code__in=(loonuna.CODE, practice.CODE)):
                Facilitator.objects.get_or_create(cohort=cohort, user=user)
        entries.append(signins.staff_entry(role, user, password))
    return entries


def _new_pins() -> list[dict[str, str]]:
    enrolments = Enrolment.objects.filter(cohort__code=practice.CODE).select_related("participant")
    entries = []
    for index, enrolment in enumerate(enrolments.order_by("enrolled_at")):
        person = enrolment.participant
        state = practice.STAGES[index % len(practice.STAGES)].state
        entries.append(
            signins.participant_entry(person.full_name, state, person.code, issue_pin(participant=person))
        )
    return entries
