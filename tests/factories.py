"""Makers of test records: valid by default, each detail can be named."""

import datetime
from collections.abc import Callable
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail.models import Locale, Page, Site

from assessments.models import (
    Assessment,
    AssessmentForm,
    Choice,
    FormItem,
    LikertMatrixQuestion,
    LikertQuestion,
    LikertStatement,
    MatchingQuestion,
    MatchPair,
    MultipleChoiceQuestion,
    NumericQuestion,
    OpenTextQuestion,
    OrderingQuestion,
    OrderingStep,
    Outcome,
    PictureQuestion,
    Question,
    QuestionMedia,
    ShortAnswerQuestion,
    SingleChoiceQuestion,
    TaskQuestion,
    TrueFalseQuestion,
)
from courses.models import CoursePage, LessonPage, ModulePage
from lms.cohorts.models import Cohort, Enrolment, ExperienceNote, Facilitator, Finding, Meeting
from lms.people.models import Organisation, Participant, StaffMembership, Village


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Dinas {n}")
    short_code = factory.Sequence(lambda n: f"D{n}")


class VillageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Village

    name = factory.Sequence(lambda n: f"Desa {n}")
    district = "Lamaknen Selatan"
    regency = "Belu"


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    organisation = factory.SubFactory(OrganisationFactory)
    village = factory.SubFactory(VillageFactory)
    full_name = factory.Sequence(lambda n: f"Warga {n}")
    sex = "P"
    element = "warga"
    dusun = "Melati"
    code = factory.Sequence(lambda n: f"T{n:04d}")


class OutcomeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outcome
        django_get_or_create = ("code",)

    code = "H1"
    kind = "result"
    title = "Perencanaan partisipatif"
    title_en = "Participatory planning"


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    code = factory.Sequence(lambda n: f"tes-{n}")
    title = "Tes pengetahuan"
    live = True


def make_single(code: str = "S1", **fields: Any) -> SingleChoiceQuestion:
    """Four options, the first one right."""
    question = SingleChoiceQuestion.objects.create(code=code, **{"stem": f"Soal {code}", **fields})
    for index in range(4):
        Choice.objects.create(
            question=question,
            text=f"{code} pilihan {index}",
            is_correct=index == 0,
            rationale=f"{code} alasan {index}",
            sort_order=index,
        )
    return question


def make_multiple(code: str = "MU1", **fields: Any) -> MultipleChoiceQuestion:
    """Five options, the first three right, three points."""
    question = MultipleChoiceQuestion.objects.create(
        code=code, **{"stem": f"Soal {code}", "points": 3, "choose": 3, **fields}
    )
    for index in range(5):
        Choice.objects.create(
            question=question, text=f"{code} pilihan {index}", is_correct=index < 3, sort_order=index
        )
    return question


def make_true_false(code: str = "TF1", **fields: Any) -> TrueFalseQuestion:
    return TrueFalseQuestion.objects.create(code=code, **{"stem": f"Soal {code}", "answer": True, **fields})


def make_numeric(code: str = "N1", **fields: Any) -> NumericQuestion:
    return NumericQuestion.objects.create(
        code=code, **{"stem": f"Soal {code}", "answer": 1_200_000, **fields}
    )


def make_matching(code: str = "MA1", **fields: Any) -> MatchingQuestion:
    """Three pairs and a distractor, three points."""
    question = MatchingQuestion.objects.create(code=code, **{"stem": f"Soal {code}", "points": 3, **fields})
    for index in range(3):
        MatchPair.objects.create(
            question=question, left=f"{code} kiri {index}", right=f"{code} kanan {index}", sort_order=index
        )
    MatchPair.objects.create(question=question, left="", right=f"{code} pengecoh", sort_order=3)
    return question


def make_ordering(code: str = "O1", **fields: Any) -> OrderingQuestion:
    """Five steps, four points."""
    question = OrderingQuestion.objects.create(code=code, **{"stem": f"Soal {code}", "points": 4, **fields})
    for index in range(5):
        OrderingStep.objects.create(question=question, text=f"{code} langkah {index}", sort_order=index)
    return question


def make_short_answer(code: str = "SA1", **fields: Any) -> ShortAnswerQuestion:
    """Right: "daftar usulan" or "DU"; "daftar usaha" is a near miss."""
    values = {
        "stem": f"Soal {code}",
        "accepted": [{"text": "daftar usulan"}, {"text": "DU"}],
        "near_misses": [{"text": "daftar usaha", "why": "U adalah usulan."}],
    }
    return ShortAnswerQuestion.objects.create(code=code, **{**values, **fields})


SCALE = ["Sangat tidak setuju", "Tidak setuju", "Ragu-ragu", "Setuju", "Sangat setuju"]


def make_likert(code: str = "LK1", **fields: Any) -> LikertQuestion:
    """A statement on a scale of five."""
    values = {"stem": f"Soal {code}", "points": 0, "scale": [{"text": text} for text in SCALE]}
    return LikertQuestion.objects.create(code=code, **{**values, "construct": "komitmen", **fields})


def make_likert_matrix(code: str = "LM1", **fields: Any) -> LikertMatrixQuestion:
    """Three statements on a scale of five, the last one reversed."""
    values = {"stem": f"Soal {code}", "points": 0, "scale": [{"text": text} for text in SCALE]}
    question = LikertMatrixQuestion.objects.create(code=code, **{**values, "construct": "komitmen", **fields})
    for index in range(3):
        LikertStatement.objects.create(
            question=question, text=f"{code} pernyataan {index}", reverse=index == 2, sort_order=index
        )
    return question


RUBRIC = ["kosong", "menyebut kejadian", "kejadian dan penyebab", "kejadian, penyebab, dan pelajaran"]


def make_open_text(code: str = "OT1", **fields: Any) -> OpenTextQuestion:
    """Levels 0 to 3, three points."""
    values = {"stem": f"Soal {code}", "points": 3, "rubric": [{"text": text} for text in RUBRIC]}
    return OpenTextQuestion.objects.create(code=code, **{**values, "max_words": 60, **fields})


def make_task(code: str = "TG1", **fields: Any) -> TaskQuestion:
    """Levels 0 to 3, three points."""
    values = {"stem": f"Soal {code}", "points": 3, "rubric": [{"text": text} for text in RUBRIC]}
    return TaskQuestion.objects.create(
        code=code, **{**values, "instructions": "Foto seluruh lembar.", **fields}
    )


def make_media(title: str = "Gambar", *, kind: str = "image", alternative: str = "") -> QuestionMedia:
    """A picture or recording; the record only, without a file on disk."""
    return QuestionMedia.objects.create(
        kind=kind,
        title=title,
        file=f"questions/{title}.png",
        content_type="image/png" if kind == "image" else "audio/mpeg",
        alternative=alternative or f"{title}: penjelasan",
    )


def make_picture(code: str = "PC1", **fields: Any) -> PictureQuestion:
    """Four pictures, the first one right."""
    question = PictureQuestion.objects.create(code=code, **{"stem": f"Soal {code}", **fields})
    for index in range(4):
        Choice.objects.create(
            question=question,
            text=f"{code} gambar {index}",
            image=make_media(f"{code}-{index}"),
            is_correct=index == 0,
            rationale=f"{code} alasan {index}",
            sort_order=index,
        )
    return question


# The kinds of a knowledge test that the computer scores; ``make_assessment`` is made of them.
MAKERS = {
    "single": make_single,
    "multiple": make_multiple,
    "true_false": make_true_false,
    "numeric": make_numeric,
    "matching": make_matching,
    "ordering": make_ordering,
}

# Every kind there is: a kind without a maker fails tests/assessments/questions/test_every_kind.py.
ALL_MAKERS: dict[str, Callable[..., Question]] = {
    **MAKERS,
    "short_answer": make_short_answer,
    "likert": make_likert,
    "likert_matrix": make_likert_matrix,
    "open_text": make_open_text,
    "task": make_task,
    "picture": make_picture,
}


def make_assessment(**fields: Any) -> Assessment:
    """Two parallel forms with one question of each kind (13 points), all on outcome H1."""
    assessment = AssessmentFactory(**fields)
    outcome = OutcomeFactory()
    for letter in "AB":
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        for position, (kind, make) in enumerate(MAKERS.items(), start=1):
            question = make(code=f"{assessment.code}-{kind}-{letter}", pair=kind, form_letter=letter)
            question.outcomes = [outcome]
            question.save()
            FormItem.objects.create(form=form, question=question, position=position)
    return assessment


def make_course(slug: str = "kursus", *, modules: int = 1, lessons: int = 2) -> CoursePage:
    """A published course below the site's root page, with modules M1… and lessons M1.1…"""
    Locale.objects.get_or_create(language_code="id")
    site = Site.objects.filter(is_default_site=True).first()
    root = site.root_page if site else Page.get_first_root_node()
    course = root.add_child(instance=CoursePage(title="Pelatihan desa", slug=slug))
    for m in range(1, modules + 1):
        module = course.add_child(instance=ModulePage(title=f"Modul {m}", slug=f"m{m}", code=f"M{m}"))
        for number in range(1, lessons + 1):
            module.add_child(
                instance=LessonPage(
                    title=f"Pelajaran {m}.{number}",
                    slug=f"p{m}-{number}",
                    code=f"M{m}.{number}",
                    outcome_text="Peserta dapat menjelaskan langkahnya.",
                    body=[("paragraph", f"<p>Isi pelajaran {m}.{number}.</p>")],
                )
            )
    return course


class CohortFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cohort

    code = factory.Sequence(lambda n: f"ANG-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    village = factory.SubFactory(VillageFactory)
    title = "Pelatihan perencanaan"
    state = "berlangsung"
    starts_on = datetime.date(2026, 6, 1)
    ends_on = datetime.date(2026, 6, 2)
    course = factory.Sequence(lambda n: make_course(f"kursus-{n}"))
    assessment = factory.LazyFunction(make_assessment)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    cohort = factory.SubFactory(CohortFactory)
    title = "Hari pertama"
    held_on = datetime.date(2026, 6, 1)
    lesson_hours = 4


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    cohort = factory.SubFactory(CohortFactory)
    participant = factory.SubFactory(
        ParticipantFactory, organisation=factory.SelfAttribute("..cohort.organisation")
    )
    form_order = "AB"


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    cohort = factory.SubFactory(CohortFactory)
    code = factory.Sequence(lambda n: f"TM{n}")
    text = "Belum ada Berita Acara musyawarah dusun."


class ExperienceNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExperienceNote

    cohort = factory.SubFactory(CohortFactory)
    text = "Kami mengundang kader posyandu ke musyawarah dusun."
    dusun = "Piebulak"


class FacilitatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Facilitator

    cohort = factory.SubFactory(CohortFactory)
    name = factory.Sequence(lambda n: f"Pelatih {n}")


def make_staff(
    username: str = "panitia",
    *,
    organisation: Organisation | None = None,
    sees_all: bool = True,
    assigned: Cohort | None = None,
    **fields: Any,
) -> Any:
    """A member of staff who may enter Wagtail's admin, without any further permission.

    With ``sees_all=False`` only trainings are there to which the person is assigned, as to ``assigned``.
    """
    user = get_user_model().objects.create_user(username, password=None, **fields)
    user.user_permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    if organisation is not None:
        StaffMembership.objects.create(user=user, organisation=organisation)
        if sees_all:
            user.user_permissions.add(Permission.objects.get(codename="see_all_trainings"))
    if assigned is not None:
        FacilitatorFactory(cohort=assigned, user=user, name="")
    return user
