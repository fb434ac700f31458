"""What the register says of citations: which provisions they mean, and which rules are no longer in force."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assessments.citations import Rule, citations_in, parse_rule, rules_named
from assessments.enums import Standing
from assessments.models import LegalBasis, Question, Regulation

# For an installation whose register was never loaded. What the register knows of a rule goes before this.
_UNREGISTERED = {
    Rule("PP", 43, 2014): "PP 16/2026",
    Rule("PP", 47, 2015): "PP 16/2026",
    Rule("PP", 11, 2019): "PP 16/2026",
}


@dataclass(frozen=True, slots=True)
class Revoked:
    """A regulation that is not in force any more, and what is in its place ("" if nobody has said it)."""

    rule: str
    by: str


class Revocations:
    """Which regulations were revoked by a day. Reads the register once, when it is first asked."""

    def __init__(self, on: datetime.date | None = None) -> None:
        self.on = on or timezone.localdate()

    @cached_property
    def _known(self) -> dict[Rule, Revoked | None]:
        """By rule, what revoked it; None for a rule that the register knows to be in force."""
        known: dict[Rule, Revoked | None] = {
            rule: Revoked(str(rule), by) for rule, by in _UNREGISTERED.items()
        }
        for regulation in Regulation.objects.select_related("revoked_by"):
            gone = regulation.standing(self.on) == Standing.REVOKED
            by = regulation.revoked_by.name if regulation.revoked_by else ""
            known[regulation.rule] = Revoked(regulation.name, by) if gone else None
        return known

    def named_in(self, text: str) -> list[Revoked]:
        """The revoked regulations that a text names, in its order, each once."""
        if not text.strip():
            return []
        rules = rules_named(text, {rule.kind for rule in self._known})
        return [gone for rule in rules if (gone := self._known.get(rule)) is not None]


def revoked_rules(citation: str, revocations: Revocations | None = None) -> list[Revoked]:
    """The regulations in a citation that were revoked, in the order of the text, each once.

    Whoever asks about many citations makes one ``Revocations`` for all of them.
    """
    return (revocations or Revocations()).named_in(citation)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What one reference means in the register. Not a law at all: no bases and nothing missing."""

    bases: tuple[LegalBasis, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is a law, and all of it stands in the register."""
        return bool(self.bases) and not self.missing


def resolve(references: Iterable[str]) -> dict[str, Resolved]:
    """Each reference with the records that it means. One query however many there are."""
    wanted = {reference: [str(each) for each in citations_in(reference)] for reference in references}
    every = {citation for citations in wanted.values() for citation in citations}
    asked = LegalBasis.objects.with_rules().with_neighbours().filter(citation__in=every)
    found = {basis.citation: basis for basis in asked} if every else {}
    return {
        reference: Resolved(
            tuple(found[each] for each in citations if each in found),
            tuple(each for each in citations if each not in found),
        )
        for reference, citations in wanted.items()
    }


def linked_sources(
    rows: Iterable[Mapping[str, Any]], known: Mapping[str, Resolved] | None = None
) -> tuple[list[LegalBasis], list[dict[str, Any]]]:
    """Sources of a question as records of the register, and the rest: what is no law, or not registered."""
    rows = [dict(row) for row in rows]
    known = resolve(str(row.get("ref", "")) for row in rows) if known is None else known
    bases: dict[int, LegalBasis] = {}
    rest = []
    for row in rows:
        meant = known.get(str(row.get("ref", "")), Resolved())
        if meant.is_whole:
            bases |= {basis.pk: basis for basis in meant.bases}
        else:
            rest.append(row)
    return list(bases.values()), rest


def revoked_by_question(questions: Iterable[Question]) -> dict[int, list[Revoked]]:
    """What each question cites and no longer holds, each once. Three queries however many there are."""
    asked = list(questions)
    revocations = Revocations()
    found = {
        question.pk: [
            gone for row in question.citations for gone in revocations.named_in(str(row.get("ref", "")))
        ]
        for question in asked
    }
    links = LegalBasis.objects.revoked(revocations.on).filter(questions__in=found)
    by_pk = links.with_rules().with_neighbours().in_bulk()
    pairs = Question.legal_bases.through.objects.filter(question__in=found, legalbasis__in=by_pk)
    for question_id, basis_id in pairs.order_by("pk").values_list("question_id", "legalbasis_id"):
        basis = by_pk[basis_id]
        named = basis.regulation.name if _rule_is_gone(basis, revocations.on) else basis.citation
        found[question_id].append(Revoked(named, basis.replacement))
    return {pk: list({gone.rule: gone for gone in each}.values()) for pk, each in found.items() if each}


def _rule_is_gone(basis: LegalBasis, on: datetime.date) -> bool:
    return basis.regulation.standing(on) == Standing.REVOKED


@dataclass(frozen=True, slots=True)
class CitationProblem:
    """What is wrong with one citation. ``code``: unreadable, unknown, revoked, not_yet, unchecked or due."""

    code: str
    citation: str
    text: str


@dataclass(slots=True)
class _Look:
    on: datetime.date
    problems: list[CitationProblem] = field(default_factory=list)

    def say(self, code: str, citation: str, text: str, **values: str) -> None:
        self.problems.append(CitationProblem(code, citation, text % {"citation": citation, **values}))

    def at(self, basis: LegalBasis) -> None:
        name = basis.citation
        standing, by = basis.standing(self.on), basis.replacement
        if standing == Standing.REVOKED and by:
            self.say("revoked", name, _("%(citation)s is revoked. %(by)s is in its place."), by=by)
        elif standing == Standing.REVOKED:
            self.say("revoked", name, _("%(citation)s is revoked."))
        elif standing == Standing.NOT_YET:
            self.say("not_yet", name, _("%(citation)s is not yet in force."))
        if basis.checked_on is None:
            self.say("unchecked", name, _("Nobody has read %(citation)s yet."))
        elif basis.recheck_on is not None and basis.recheck_on <= self.on:
            self.say("due", name, _("%(citation)s must be looked at again."))


def problems_of_citations(
    citations: Iterable[str], *, on: datetime.date | None = None
) -> list[CitationProblem]:
    """What is wrong with citations (of a lesson, a guide, a question …), in their order. Two queries.

    ``revoked`` and ``not_yet`` are no errors of the text by themselves: a lesson page says so to its readers
    on its own. ``unreadable`` and ``unknown`` are: no page can say anything about such a citation.
    """
    look = _Look(on or timezone.localdate())
    meant = resolve(dict.fromkeys(citations))
    bases = LegalBasis.objects.with_rules().with_neighbours()
    wanted = {basis.pk for each in meant.values() for basis in each.bases}
    by_pk = bases.in_bulk(wanted) if wanted else {}
    for citation, each in meant.items():
        if not each.bases and not each.missing:
            look.say("unreadable", citation, _("“%(citation)s” cannot be read as a citation."))
        for name in each.missing:
            look.say("unknown", name, _("The register of legal bases does not have %(citation)s."))
        for basis in each.bases:
            look.at(by_pk[basis.pk])
    return look.problems


def find_regulation(name: str) -> Regulation | None:
    """The regulation called ``PP 16/2026``, or None."""
    rule = parse_rule(name)
    if rule is None:
        return None
    return Regulation.objects.filter(kind__iexact=rule.kind, number=rule.number, year=rule.year).first()
