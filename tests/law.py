"""A register of legal bases for tests: records made from their citations."""

import datetime
from typing import Any

from assessments.citations import Rule, parse_citation, parse_rule
from assessments.models import LegalBasis, Regulation

READ = datetime.date(2026, 11, 24)
# The file of a small register: two rules in force, one revoked.
FILES = {
    "uu-6-2014.yaml": """\
regulation: UU 6/2014
title: Desa
title_en: Villages
known: verified
source: Salinan teks peraturan
checked_on: 2026-11-24
recheck_on: 2027-11-24
bases:
  - {cite: UU 6/2014 Ps 79, summary: Rencana desa., summary_en: Village plans.}
  - {cite: UU 6/2014 Ps 80, summary: Warga ikut.}
""",
    "pp-16-2026.yaml": """\
regulation: PP 16/2026
title: Peraturan pelaksanaan
valid_from: 2026-03-27
known: verified
needs_check: true
checked_on: 2026-11-24
recheck_on: 2027-05-24
bases:
  - cite: PP 16/2026 Ps 143 ayat (2)
    summary: Delapan tahun.
    replaces: PP 43/2014 Ps 115
""",
    "pp-43-2014.yaml": """\
regulation: PP 43/2014
title: Peraturan lama
valid_to: 2026-03-26
revoked_by: PP 16/2026
known: verified
checked_on: 2026-11-24
bases:
  - {cite: PP 43/2014 Ps 115, summary: Enam tahun.}
""",
}


def make_regulation(name: str, **fields: Any) -> Regulation:
    """``PP 16/2026``, or the record that is there."""
    rule = parse_rule(name)
    assert rule is not None, name
    return _regulation(rule, **fields)


def _regulation(rule: Rule, **fields: Any) -> Regulation:
    names = {"kind": rule.kind, "number": rule.number, "year": rule.year}
    known = {"title": str(rule), "known": "verified"}
    return Regulation.objects.get_or_create(**names, defaults={**known, **fields})[0]


def make_basis(citation: str, **fields: Any) -> LegalBasis:
    """A provision that was read, with its regulation. ``replaces`` takes records."""
    place = parse_citation(citation)
    assert place is not None, citation
    replaces = fields.pop("replaces", [])
    values = {"summary": f"Isi {citation}.", "known": "verified", "checked_on": READ, **fields}
    basis = LegalBasis(
        regulation=_regulation(place.rule),
        explanation=place.explanation,
        article=place.article,
        part=place.part,
        amended_by=_regulation(place.amended_by) if place.amended_by else None,
        **values,
    )
    basis.replaces = replaces
    basis.save()
    return LegalBasis.objects.get(pk=basis.pk)


def revoke(name: str, *, by: str = "", last_day: datetime.date = datetime.date(2026, 3, 26)) -> Regulation:
    """The regulation no longer holds; as somebody writes it in the admin."""
    regulation = make_regulation(name)
    regulation.revoked_by = make_regulation(by) if by else None
    regulation.valid_to = last_day
    regulation.save()
    return regulation
