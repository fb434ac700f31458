"""What the apps above add to the pages of a cohort and its meetings, what they forbid to change, what they
miss before it goes one step on, which papers they print, and how they answer findings.

An app registers in its ``AppConfig.ready()``; nothing here knows who did. Codes are unique: registering
one twice raises ImproperlyConfigured.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from lms.cohorts.enums import LinkGroup
from lms.cohorts.stages import Deed, allows, groups_in_order
from lms.press.paper import Part

CohortContext = Callable[[HttpRequest, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CohortPanel:
    """A section of the cohort's page. ``context`` takes (request, cohort); one query budget for all rows."""

    code: str
    order: int
    template: str
    context: CohortContext
    permission: str


@dataclass(frozen=True, slots=True)
class CohortLink:
    """A link on the cohort's page. ``url`` takes the cohort; ``label`` is a lazy translation.

    ``group`` says when it is needed; ``order`` is its place in the group. It is shown to who has
    ``permission`` and all of ``also``, in trainings whose state allows ``deed`` (None: always).
    """

    code: str
    order: int
    label: Any
    url: Callable[[Any], str]
    permission: str
    icon: str
    group: LinkGroup
    also: tuple[str, ...] = ()
    deed: Deed | None = None


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """A button on the page of a meeting. ``url`` takes the meeting, its cohort loaded."""

    code: str
    order: int
    label: Any
    url: Callable[[Any], str]
    permission: str
    icon: str


@dataclass(frozen=True, slots=True)
class CohortLock:
    """Fields that may not change any more once ``is_closed(cohort)``; ``reason`` is shown then."""

    code: str
    fields: tuple[str, ...]
    is_closed: Callable[[Any], bool]
    reason: Any


@dataclass(frozen=True, slots=True)
class SummedSurveys:
    """Surveys with answers that are told in sums only: (assessment, occasion) of each in a cohort."""

    code: str
    answered: Callable[[Any], Collection[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class FindingAnswers:
    """What answers the findings of a cohort: by id of a finding, how many things do."""

    code: str
    count: Callable[[Any], Mapping[uuid.UUID, int]]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to look at before a training goes on: a sentence, and where to mend it, if anywhere."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CohortCheck:
    """Looks at a training (cohort, next state) and says what is missing; one query budget for all people."""

    code: str
    check: Callable[[Any, str], Iterable[Missing]]


@dataclass(frozen=True, slots=True)
class CohortPaper:
    """A paper of a training. ``code`` stands in its address and in the name of the file.

    ``parts`` takes (cohort, choice) and gives what is printed, in Indonesian; one query budget for all.
    ``choices`` gives what can be chosen, as (value, label); the choice "" is all of it. ValidationError from
    ``parts`` is shown to who prints. A paper with ``url`` instead is made on a page of its own.
    """

    code: str
    order: int
    label: Any
    hint: Any
    permission: str
    parts: Callable[[Any, str], Sequence[Part]] | None = None
    choices: Callable[[Any], Sequence[tuple[str, str]]] | None = None
    url: Callable[[Any], str] | None = None
    in_pack: bool = True


_panels: dict[str, CohortPanel] = {}
_links: dict[str, CohortLink] = {}
_meeting_links: dict[str, MeetingLink] = {}
_locks: dict[str, CohortLock] = {}
_answers: dict[str, FindingAnswers] = {}
_checks: dict[str, CohortCheck] = {}
_papers: dict[str, CohortPaper] = {}
_summed: dict[str, SummedSurveys] = {}


def register_cohort_panel(
    code: str, *, order: int, template: str, context: CohortContext, permission: str
) -> None:
    """Add a section to the cohort's page for staff with the permission (``app.codename``)."""
    _put(_panels, CohortPanel(code, order, template, context, permission))


def register_cohort_link(
    code: str,
    *,
    label: Any,
    url: Callable[[Any], str],
    permission: str,
    group: LinkGroup,
    order: int = 100,
    icon: str = "arrow-right",
    also: tuple[str, ...] = (),
    deed: Deed | None = None,
) -> None:
    """Add a link to a group of the cohort's page for staff with the permissions (``app.codename``)."""
    _put(_links, CohortLink(code, order, label, url, permission, icon, group, also, deed))


def register_meeting_link(
    code: str,
    *,
    label: Any,
    url: Callable[[Any], str],
    permission: str,
    order: int = 100,
    icon: str = "arrow-right",
) -> None:
    """Add a button to the page of each meeting for staff with the permission (``app.codename``)."""
    _put(_meeting_links, MeetingLink(code, order, label, url, permission, icon))


def register_cohort_lock(
    code: str, *, fields: tuple[str, ...], is_closed: Callable[[Any], bool], reason: Any
) -> None:
    """Forbid changes of ``fields`` of a cohort for which ``is_closed(cohort)`` is true."""
    _put(_locks, CohortLock(code, fields, is_closed, reason))


def register_summed(code: str, *, answered: Callable[[Any], Collection[tuple[int, str]]]) -> None:
    """Tell which surveys of a cohort, by assessment and occasion, have answers that are told in sums only:
    once they have closed, their time stays as it was."""
    _put(_summed, SummedSurveys(code, answered))


def summed_surveys(cohort: Any) -> set[tuple[int, str]]:
    """The surveys that the apps above named, by assessment and occasion."""
    return {pair for each in _summed.values() for pair in each.answered(cohort)}


def register_finding_answers(code: str, *, count: Callable[[Any], Mapping[uuid.UUID, int]]) -> None:
    """Tell which findings of a cohort are answered, and how often; one query budget for all of them."""
    _put(_answers, FindingAnswers(code, count))


def register_cohort_check(code: str, *, check: Callable[[Any, str], Iterable[Missing]]) -> None:
    """Say what is missing before a training goes to the next state; ``check`` takes (cohort, next state)."""
    _put(_checks, CohortCheck(code, check))


def missing_before(cohort: Any, to: str) -> list[Missing]:
    """What the apps above miss before this training goes to that state."""
    return [missing for each in _checks.values() for missing in each.check(cohort, to)]


def register_cohort_paper(paper: CohortPaper) -> None:
    """Add a paper to the list of a training. It needs ``parts`` or ``url``."""
    if (paper.parts is None) == (paper.url is None):
        raise ImproperlyConfigured(f"The paper {paper.code!r} needs parts or an address, and not both.")
    _put(_papers, paper)


def papers_for(user: Any) -> list[CohortPaper]:
    """The papers that this member of staff may print, in order."""
    return sorted((p for p in _papers.values() if user.has_perm(p.permission)), key=lambda p: p.order)


def paper_called(code: str) -> CohortPaper | None:
    """The paper with this code, whoever may print it."""
    return _papers.get(code)


def finding_answers(cohort: Any) -> Counter[uuid.UUID]:
    """By id of a finding of this cohort, how many things answer it."""
    total: Counter[uuid.UUID] = Counter()
    for each in _answers.values():
        total.update(each.count(cohort))
    return total


def panels_for(user: Any) -> list[CohortPanel]:
    """The sections that this member of staff may see, in order."""
    return sorted((p for p in _panels.values() if user.has_perm(p.permission)), key=lambda p: p.order)


def links_for(user: Any, cohort: Any) -> dict[LinkGroup, list[CohortLink]]:
    """By group the links that this member of staff may use in this training, in order. Nothing is left out
    but empty groups; the one needed first in the state of the training comes first."""
    own = [
        link
        for link in _links.values()
        if user.has_perms((link.permission, *link.also))
        and (link.deed is None or allows(cohort.state, link.deed))
    ]
    own.sort(key=lambda link: link.order)
    groups = {group: [link for link in own if link.group is group] for group in groups_in_order(cohort.state)}
    return {group: links for group, links in groups.items() if links}


def meeting_links_for(user: Any) -> list[MeetingLink]:
    """The buttons of a meeting that this member of staff may use, in order."""
    own = (link for link in _meeting_links.values() if user.has_perm(link.permission))
    return sorted(own, key=lambda link: link.order)


def locks_on(fields: set[str]) -> list[CohortLock]:
    """The locks that speak about any of these fields."""
    return [lock for lock in _locks.values() if fields & set(lock.fields)]


def _put(registered: dict[str, Any], entry: Any) -> None:
    if entry.code in registered:
        raise ImproperlyConfigured(f"{type(entry).__name__} {entry.code!r} is registered twice.")
    registered[entry.code] = entry
