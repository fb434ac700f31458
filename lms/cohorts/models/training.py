"""A training that takes place: cohort (*angkatan*), meetings, and when its tests are open."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from assessments.enums import MOMENTS, TEST_OCCASIONS, Occasion
from assessments.models import Assessment
from courses.models import CoursePage
from lms.cohorts.enums import CohortState, FormsPlan
from lms.cohorts.models.programme import YEARS, Programme
from lms.cohorts.models.years import YearCharField, YearTextField
from lms.cohorts.moments import Window, usual_window
from lms.ids import new_id
from lms.people.models import Organisation, Village
from lms.people.scoping import ScopedQuerySet


def _day(value: date | str) -> date:
    """A record that was not saved yet may hold the text of a date."""
    return date.fromisoformat(value) if isinstance(value, str) else value


class CohortQuerySet(ScopedQuerySet):
    cohort_path = "pk"


class Cohort(ClusterableModel):
    """A group of people trained together, and the rules that hold for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(
        _("code"), max_length=30, unique=True, help_text=_("Short, for example LNN-2018.")
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="cohorts"
    )
    # Changed by ``domain.change_state`` only, which asks in order and keeps the log.
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=CohortState.choices,
        default=CohortState.PLANNED,
        db_index=True,
        editable=False,
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cohorts",
    )
    title = YearCharField(_("title"), max_length=200)
    theme = YearCharField(_("theme"), max_length=200, blank=True)
    expected_results = YearTextField(
        _("expected results"),
        blank=True,
        help_text=_("One on a line. {tahun_pelaksanaan} and {tahun_dokumen} show years that move along."),
    )
    certificate_title = YearCharField(
        _("title on the certificate"),
        max_length=200,
        blank=True,
        help_text=_("If it differs from the title."),
    )
    course = models.ForeignKey(
        CoursePage, verbose_name=_("course"), on_delete=models.PROTECT, related_name="cohorts"
    )
    village = models.ForeignKey(
        Village, verbose_name=_("village"), on_delete=models.PROTECT, related_name="cohorts"
    )
    venue = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    document_year = models.PositiveSmallIntegerField(
        _("year of the village documents"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("For which year plans and budgets are made. Empty: the year after the training."),
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # Told on the training's page, and keeping nobody out.
    min_women_percent = models.PositiveSmallIntegerField(
        _("women at least (%)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Leave it empty if no share is agreed."),
    )
    # Tests
    assessment = models.ForeignKey(
        Assessment, verbose_name=_("test"), on_delete=models.PROTECT, related_name="cohorts"
    )
    forms_plan = models.CharField(
        _("forms plan"), max_length=16, choices=FormsPlan.choices, default=FormsPlan.COUNTERBALANCED
    )
    pretest_first = models.BooleanField(_("lessons open after the pre-test"), default=True)
    all_lessons_open = models.BooleanField(
        _("all lessons open at once"),
        default=False,
        help_text=_(
            "Whatever order the course asks for, nobody has to wait: for days on which a class works through "
            "a lesson together. Whether the pre-test comes before the lessons is said above."
        ),
    )
    post_test_tries = models.PositiveSmallIntegerField(
        _("tries at the post-test"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("Only the first try counts for the gain; the best one for the certificate."),
    )
    # Rule of the certificate: empty or off means that it is not asked for.
    min_attendance_percent = models.PositiveSmallIntegerField(
        _("attendance needed (% of lesson hours)"),
        null=True,
        blank=True,
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("Leave empty if attendance is not part of the rule."),
    )
    require_post_test = models.BooleanField(_("post-test passed"), default=True)
    require_plan = models.BooleanField(_("follow-up plan submitted"), default=True)
    require_pledge = models.BooleanField(_("commitment signed"), default=False)
    # Certificate
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP) on the certificate"), default=8)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    signatory_name = models.CharField(_("signed by (name)"), max_length=120, blank=True)
    signatory_title = models.CharField(
        _("signed by (office)"), max_length=120, blank=True, help_text=_("With a.n., Plh. or Pj. if so.")
    )
    is_simulated = models.BooleanField(_("simulated data"), default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CohortState.values), name="cohort_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="cohort_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(min_attendance_percent__isnull=True)
                | models.Q(min_attendance_percent__lte=100),
                name="cohort_attendance_is_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(min_women_percent__isnull=True) | models.Q(min_women_percent__lte=100),
                name="cohort_women_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    @property
    def is_running(self) -> bool:
        return self.state == CohortState.RUNNING

    @property
    def years(self) -> tuple[int, int]:
        """The year of the training and that of the documents for which it is held; what the tokens show."""
        year = _day(self.starts_on).year
        return year, self.document_year or year + 1

    @property
    def printed_title(self) -> str:
        """The title as a certificate shows it."""
        return self.certificate_title or self.title


class Meeting(models.Model):
    """One gathering of a cohort, worth a number of lesson hours (JP, 45 minutes).

    Day and times are those of the clock in the village (see ``queries.times``).
    """

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="meetings")
    title = YearCharField(_("title"), max_length=200)
    held_on = models.DateField(_("date"))
    begins_at = models.TimeField(_("begins"), null=True, blank=True, help_text=_("Time in the village."))
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP)"), default=1)
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("If it differs from the training's.")
    )
    speakers = models.CharField(_("speakers (narasumber)"), max_length=300, blank=True)
    agenda = models.TextField(_("agenda"), max_length=2000, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(
        _("late after (minutes)"),
        default=15,
        validators=[MaxValueValidator(240)],
        help_text=_("Whoever types the code or signs in later than this after the beginning is late."),
    )
    sign_in_counts = models.BooleanField(
        _("signing in counts as present"),
        default=False,
        help_text=_("On the registered devices of this training, while the meeting goes on."),
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["held_on", "begins_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins_at__isnull=True)
                | models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("begins_at")),
                name="meeting_ends_after_begin",
                violation_error_message=_(
                    "A meeting ends after it begins, on the same day; write 23:59 for midnight."
                ),
            ),
        ]

    @property
    def years(self) -> tuple[int, int]:
        """Those of the training; asked only where the title has a token."""
        return self.cohort.years

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Assignment(models.Model):
    """What a training does with an assessment: when it is open, how long and how often.

    The tests before and after are there without a row; a row narrows or widens their rules. A follow-up
    test, a practice or a survey is there once it has a row. Empty fields leave the assessment's own rule.
    """

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="assignments")
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion.choices)
    # The training's own test on the occasions of a test.
    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("practice or survey"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        help_text=_("Leave empty for the pre-test, the post-test and the follow-up test."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(_("tries allowed"), null=True, blank=True)
    time_limit_minutes = models.PositiveSmallIntegerField(_("time limit (minutes)"), null=True, blank=True)

    class Meta:
        verbose_name = _("test, practice or survey")
        verbose_name_plural = _("tests, practice and surveys")
        ordering = ["cohort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "occasion"],
                condition=models.Q(assessment__isnull=True),
                name="assignment_test_once",
            ),
            # A survey may be asked at several moments, once at each.
            models.UniqueConstraint(
                fields=["cohort", "assessment", "occasion"],
                condition=models.Q(assessment__isnull=False),
                name="assignment_assessment_once",
            ),
            models.CheckConstraint(
                condition=models.Q(occasion__in=TEST_OCCASIONS, assessment__isnull=True)
                | (~models.Q(occasion__in=TEST_OCCASIONS) & models.Q(assessment__isnull=False)),
                name="assignment_names_its_assessment",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="assignment_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.occasion}"

    def window(self, cohort: Cohort) -> Window:
        """From when until when it is open: what the row says, else the usual time of its moment.

        ``cohort`` is the row's own, with its village loaded; it is asked for so that nobody loads it again.
        """
        if self.occasion not in MOMENTS:
            return Window(self.opens_at, self.closes_at)
        usual = usual_window(
            self.occasion,
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            time_zone=cohort.village.time_zone,
        )
        return usual.instead(opens_at=self.opens_at, closes_at=self.closes_at)
