"""The law in lessons: what a lesson cites, what readers are told about it, and which lessons cite a rule."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.permissions import page_permission_policy

from assessments.citing import Cited
from assessments.enums import Standing
from assessments.legal import CitationProblem, problems_of_citations
from assessments.models import LegalBasis
from courses.blocks.law import citations_of_boxes
from courses.models import LessonPage

KEEP_REGISTER = "assessments.change_legalbasis"
_LINKS = LessonPage.legal_bases.through


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision behind a lesson as its reader meets it."""

    basis: LegalBasis
    standing: Standing

    @property
    def is_revoked(self) -> bool:
        return self.standing == Standing.REVOKED

    @property
    def replacement(self) -> str:
        return self.basis.replacement

    @property
    def replaces(self) -> str:
        return self.basis.old_citations or ""  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class LessonLaw:
    """The provisions behind a lesson, laws first."""

    rules: tuple[Rule, ...]

    @property
    def revoked(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.is_revoked)

    @property
    def has_marked(self) -> bool:
        return any(rule.basis.is_marked for rule in self.rules)


def law_of(page: LessonPage, body: Any, *, on: datetime.date | None = None) -> LessonLaw:
    """What a lesson rests on: its list, or where it has none that of a translation, and its law boxes.

    ``body`` is the text that is shown (which may be that of the translation). One query, whatever it cites.
    """
    on = on or timezone.localdate()
    boxes = citations_of_boxes(body or [])
    bases = page.legal_bases.all()
    links = _LINKS.objects.filter(legalbasis=OuterRef("pk"))
    if isinstance(bases, QuerySet):
        own: Any = Exists(links.filter(lessonpage=page.pk))
    else:  # a preview, whose list is in memory
        own = Q(pk__in=[basis.pk for basis in bases])
    shared = {"lessonpage__translation_key": page.translation_key, "lessonpage__live": True}
    asked = LegalBasis.objects.with_rules().with_neighbours()
    found = list(
        asked.annotate(is_own=_as_flag(own), is_shared=Exists(links.filter(**shared))).filter(
            Q(is_own=True) | Q(is_shared=True) | Q(citation__in=boxes)
        )
    )
    has_own = any(basis.is_own for basis in found)
    wanted = [
        basis for basis in found if basis.citation in boxes or (basis.is_own if has_own else basis.is_shared)
    ]
    wanted.sort(key=lambda basis: basis.sort_key)
    return LessonLaw(tuple(Rule(basis, basis.standing(on)) for basis in wanted))


def _as_flag(condition: Any) -> Any:
    """A condition as a column."""
    if isinstance(condition, Exists):
        return condition
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def citations_of(page: LessonPage) -> list[str]:
    """What a lesson cites: its list and its law boxes, each once."""
    listed = sorted(basis.citation for basis in page.legal_bases.all())
    return list(dict.fromkeys([*listed, *citations_of_boxes(page.body)]))


def problems_of_lesson(page: LessonPage, *, on: datetime.date | None = None) -> list[CitationProblem]:
    """What is wrong with the citations of a lesson; see ``assessments.legal.problems_of_citations``."""
    return problems_of_citations(citations_of(page), on=on)


def pages_citing(bases: Collection[int], *, pages: Collection[int] | None = None) -> dict[int, set[int]]:
    """Lessons (published or not) by primary key, with those of ``bases`` that each cites. Three queries.

    Lists stand in their own table. Law boxes are found in Wagtail's index of references, which follows a
    little later; where only certain ``pages`` are asked for, their texts are read.
    """
    found: dict[int, set[int]] = defaultdict(set)
    wanted = set(bases)
    if not wanted:
        return found
    links = _LINKS.objects.filter(legalbasis__in=wanted)
    links = links if pages is None else links.filter(lessonpage__in=pages)
    for page_id, basis_id in links.values_list("lessonpage_id", "legalbasis_id"):
        found[page_id].add(basis_id)
    for page_id, basis_id in _in_boxes(wanted) if pages is None else _in_texts(wanted, pages):
        found[page_id].add(basis_id)
    return found


def _in_boxes(bases: Collection[int]) -> Iterator[tuple[int, int]]:
    references = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(LessonPage),
        to_content_type=ContentType.objects.get_for_model(LegalBasis),
        to_object_id__in=[str(basis_id) for basis_id in bases],
        model_path__startswith="body.",
    )
    for page_id, basis_id in references.values_list("object_id", "to_object_id"):
        yield int(page_id), int(basis_id)


def _in_texts(bases: Collection[int], pages: Collection[int]) -> Iterator[tuple[int, int]]:
    names = dict(LegalBasis.objects.filter(pk__in=bases).values_list("citation", "pk"))
    for page in LessonPage.objects.filter(pk__in=pages).only("body"):
        for citation in citations_of_boxes(page.body):
            if citation in names:
                yield page.pk, names[citation]


def lessons_citing(bases: Collection[int], user: Any) -> list[Cited]:
    """Published lessons that cite these provisions, with their editor: those that the user may change.

    Who keeps the register sees the others too, which every member of staff may read: the address is then
    that of the lesson itself.
    """
    citing = pages_citing(bases)
    pages = LessonPage.objects.live().filter(pk__in=citing).select_related("locale").defer("body", "guide")
    if user is not None:
        editable = page_permission_policy.instances_user_has_permission_for(user, "change")
        pages = pages.annotate(is_own=Exists(editable.filter(pk=OuterRef("pk"))))
        if not user.has_perm(KEEP_REGISTER):
            pages = pages.filter(is_own=True)
    return [
        Cited(basis, "lesson", f"{page.code} {page.title} ({page.locale.language_code})", _address_of(page))
        for page in pages
        for basis in sorted(citing[page.pk])
    ]


def _address_of(page: Any) -> str:
    if getattr(page, "is_own", True):
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return page.get_url() or ""
