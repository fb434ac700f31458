"""A training that takes place: cohort (*angkatan*), meetings, enrolment, attendance, findings."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from assessments.models import Assessment
from courses.models import CoursePage
from lms.cohorts.enums import AttendanceStatus, FormOrder, FormsPlan
from lms.ids import new_id
from lms.people.models import Organisation, Participant, Village
from lms.people.scoping import ScopedQuerySet


class EnrolmentQuerySet(ScopedQuerySet):
    organisation_path = "cohort__organisation"


class Cohort(ClusterableModel):
    """A group of people trained together, and the rules that hold for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(
        _("code"), max_length=30, unique=True, help_text=_("Short, for example LNN-2018.")
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="cohorts"
    )
    title = models.CharField(_("title"), max_length=200)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    certificate_title = models.CharField(
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
    # Tests
    assessment = models.ForeignKey(
        Assessment, verbose_name=_("test"), on_delete=models.PROTECT, related_name="cohorts"
    )
    forms_plan = models.CharField(
        _("forms plan"), max_length=16, choices=FormsPlan.choices, default=FormsPlan.COUNTERBALANCED
    )
    pretest_first = models.BooleanField(_("lessons open after the pre-test"), default=True)
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
    # Certificate
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP) on the certificate"), default=8)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    signatory_name = models.CharField(_("signed by (name)"), max_length=120, blank=True)
    signatory_title = models.CharField(
        _("signed by (office)"), max_length=120, blank=True, help_text=_("With a.n., Plh. or Pj. if so.")
    )
    is_simulated = models.BooleanField(_("simulated data"), default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="cohort_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(min_attendance_percent__isnull=True)
                | models.Q(min_attendance_percent__lte=100),
                name="cohort_attendance_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    @property
    def printed_title(self) -> str:
        """The title as a certificate shows it."""
        return self.certificate_title or self.title


class Meeting(models.Model):
    """One gathering of a cohort, worth a number of lesson hours (JP, 45 minutes)."""

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("date"))
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP)"), default=1)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Enrolment(models.Model):
    """A participant in a cohort, with the order of forms drawn for that person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="enrolments")
    form_order = models.CharField(_("order of forms"), max_length=2, choices=FormOrder.choices)
    enrolled_at = models.DateTimeField(default=timezone.now)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["participant__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "participant"], name="enrolment_once"),
            models.CheckConstraint(
                condition=models.Q(form_order__in=FormOrder.values), name="enrolment_form_order_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} @ {self.cohort_id}"


class Attendance(models.Model):
    """Whether an enrolled person was at a meeting."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(_("attendance"), max_length=10, choices=AttendanceStatus.choices)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["meeting", "enrolment"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.status}"


class Finding(models.Model):
    """What the opening brainstorm found (*temuan*): a problem that a follow-up action can answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(_("code"), max_length=10)
    text = models.TextField(_("finding"))
    dusun = models.CharField(_("hamlet (dusun)"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["cohort", "code"], name="finding_code_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"
