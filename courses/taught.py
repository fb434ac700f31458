"""What lessons taught: which rules the text cited that readers saw at a moment.

A lesson that was corrected no longer cites the old rule, so the revisions are asked. Pure of people.
"""

import bisect
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageLogEntry, Revision

from assessments.citations import citations_in
from assessments.models import LegalBasis
from courses.imports.pages import LOADED
from courses.models import LessonPage

_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
_LINKS = LessonPage.legal_bases.through


@dataclass(frozen=True, slots=True)
class State:
    """What one page cites: those of the bases asked about, and whether it cites any law of its own."""

    cited: frozenset[int] = frozenset()
    has_own: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The states of one page with the moment since when readers saw each, the oldest first."""

    moments: Sequence[datetime]
    states: Sequence[State]

    def at(self, moment: datetime) -> State:
        """Before the first known publication, the first one: nothing older is known."""
        place = bisect.bisect_right(self.moments, moment) - 1
        return self.states[max(place, 0)] if self.states else State()


@dataclass(frozen=True, slots=True)
class Teaching:
    """A lesson in its own language and in translations, which borrow what they do not say themselves."""

    own: Timeline
    others: Sequence[Timeline] = ()

    def at(self, moment: datetime) -> frozenset[int]:
        """Which of the bases asked about it cited then."""
        own = self.own.at(moment)
        if own.has_own:
            return own.cited
        return frozenset[int]().union(*(other.at(moment).cited for other in self.others))

    @property
    def ever(self) -> bool:
        """Whether any known text of it cites any of them."""
        return any(state.cited for line in (self.own, *self.others) for state in line.states)


@dataclass(frozen=True)
class _Sought:
    """The bases asked about, by what texts hold of them."""

    by_pk: frozenset[int]
    by_citation: dict[str, int] = field(default_factory=dict)

    def state(self, listed: Any, former: Any, body: Any) -> State:
        """``listed``: primary keys; ``former``: the citations that lessons had before there was a register;
        ``body``: the raw text, as JSON or read."""
        pks = [pk for pk in listed or () if pk in self.by_pk]
        texts = [str(each.get("cite", "")) if isinstance(each, dict) else str(each) for each in former or ()]
        texts += _boxes(body)
        named = (self.by_citation.get(str(place)) for text in texts for place in citations_in(text))
        cited = frozenset(pk for pk in (*pks, *named) if pk is not None)
        return State(cited, bool(listed or texts))


def _boxes(body: Any) -> list[str]:
    """The citations of the law boxes of a raw text."""
    if isinstance(body, str):
        # Reading a text costs more than all the rest; most have no such box.
        body = json.loads(body) if '"law"' in body else []
    blocks = [block for block in body or () if block.get("type") == "law"]
    return [str((block.get("value") or {}).get("citation") or "") for block in blocks]


def teachings_of(lessons: Collection[int], bases: Iterable[LegalBasis]) -> dict[int, Teaching]:
    """By primary key of these lessons, what each taught of these bases, and when. Those that never did are
    left out. Six queries, however many there are."""
    by_citation = {basis.citation: basis.pk for basis in bases}
    if not lessons or not by_citation:
        return {}
    sought = _Sought(frozenset(by_citation.values()), by_citation)
    keys = dict(LessonPage.objects.filter(pk__in=lessons).values_list("pk", "translation_key"))
    family: dict[Any, list[int]] = defaultdict(list)
    rows = LessonPage.objects.filter(translation_key__in=set(keys.values())).order_by("pk")
    for pk, key in rows.values_list("pk", "translation_key"):
        family[key].append(pk)
    lines = _timelines([pk for pks in family.values() for pk in pks], sought)
    found = {
        pk: Teaching(lines[pk], [lines[other] for other in family[key] if other != pk])
        for pk, key in keys.items()
    }
    return {pk: teaching for pk, teaching in found.items() if teaching.ever}


def _timelines(pages: list[int], sought: _Sought) -> dict[int, Timeline]:
    states, made = _states_of_revisions(pages, sought)
    events: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for page, at, revision in _publications(pages, made):
        if revision in states:
            events[page].append((at, revision))
    current = _current_states([page for page in pages if page not in events], sought)
    lines = {page: Timeline((), (state,)) for page, state in current.items()}
    for page, happened in events.items():
        happened.sort()
        lines[page] = Timeline([at for at, _pk in happened], [states[pk] for _at, pk in happened])
    return lines


def _states_of_revisions(
    pages: list[int], sought: _Sought
) -> tuple[dict[int, State], dict[int, list[tuple[datetime, int]]]]:
    """By revision what it cites; by page its revisions with the moment of each, in order."""
    states: dict[int, State] = {}
    made: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    rows = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(pk) for pk in pages]
    ).order_by("created_at", "pk")
    content = ("content__legal_bases", "content__legal_basis", "content__body")
    for pk, page, at, listed, former, body in rows.values_list("pk", "object_id", "created_at", *content):
        states[pk] = sought.state(listed, former, body)
        made[int(page)].append((at, pk))
    return states, made


def _publications(
    pages: list[int], made: dict[int, list[tuple[datetime, int]]]
) -> Iterable[tuple[int, datetime, int]]:
    """Page, moment and revision of each publication. The loader notes the moment and not the revision: it is
    the one written just before."""
    entries = PageLogEntry.objects.filter(page__in=pages, action__in=(*_PUBLISHED, LOADED))
    told = set()
    for page, action, at, revision in entries.values_list("page_id", "action", "timestamp", "revision_id"):
        if action == LOADED:
            before = bisect.bisect_right(made[page], at, key=lambda one: one[0])
            revision = made[page][before - 1][1] if before else None
        if revision is not None:
            told.add(revision)
            yield page, at, revision
    # Published without a word in the history, by some other program.
    live = LessonPage.objects.filter(pk__in=pages, live_revision__isnull=False)
    for page, revision, at in live.values_list("pk", "live_revision_id", "live_revision__created_at"):
        if revision not in told:
            yield page, at, revision


def _current_states(pages: list[int], sought: _Sought) -> dict[int, State]:
    """What pages without a history cite now."""
    listed: dict[int, list[int]] = defaultdict(list)
    links = _LINKS.objects.filter(lessonpage__in=pages)
    for page, basis in links.values_list("lessonpage_id", "legalbasis_id"):
        listed[page].append(basis)
    rows = LessonPage.objects.filter(pk__in=pages).values_list("pk", "body")
    return {pk: sought.state(listed[pk], (), getattr(body, "raw_data", body)) for pk, body in rows}
