"""A training that takes place: cohort (*angkatan*), meetings, enrolment, attendance, findings."""

from lms.cohorts.models.attendance import (
    AttendanceCode,
    AttendanceEvent,
    CodeTries,
    MeetingCounts,
    SignedSheet,
    Station,
)
from lms.cohorts.models.board import Finding, FindingSupport
from lms.cohorts.models.experience import (
    DiscussionSummary,
    EarlierWords,
    ExperienceNote,
    PublishingConsent,
)
from lms.cohorts.models.letterhead import Letterhead
from lms.cohorts.models.parties import Credit, Party, Quota
from lms.cohorts.models.people import Attendance, Enrolment, EnrolmentQuerySet
from lms.cohorts.models.programme import Programme, ProgrammeObjective
from lms.cohorts.models.team import Facilitator
from lms.cohorts.models.training import Assignment, Cohort, Meeting

__all__ = [
    "Assignment",
    "Attendance",
    "AttendanceCode",
    "AttendanceEvent",
    "CodeTries",
    "Cohort",
    "Credit",
    "DiscussionSummary",
    "EarlierWords",
    "Enrolment",
    "EnrolmentQuerySet",
    "ExperienceNote",
    "Facilitator",
    "Finding",
    "FindingSupport",
    "Letterhead",
    "Meeting",
    "MeetingCounts",
    "Party",
    "Programme",
    "ProgrammeObjective",
    "PublishingConsent",
    "Quota",
    "SignedSheet",
    "Station",
]
