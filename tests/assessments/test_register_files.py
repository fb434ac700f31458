"""The bundled register: complete, plain, and marked where nobody is sure."""

import datetime
from functools import cache

import pytest
import yaml

from assessments.citations import Rule, citations_in
from assessments.imports.bank import BUNDLED_BANK
from assessments.imports.register_files import BasisSource, RegulationSource, read_register

LEGAL = BUNDLED_BANK / "legal"


@cache
def register() -> list[RegulationSource]:
    return read_register(LEGAL)


def bases() -> dict[str, BasisSource]:
    return {str(basis.citation): basis for source in register() for basis in source.bases}


def test_every_rule_named_in_the_register_has_a_file() -> None:
    there = {source.rule for source in register()}
    named = {basis.citation.amended_by for basis in bases().values()} - {None}
    named |= {source.revoked_by for source in register()} - {None}
    assert named <= there
    assert {old for basis in bases().values() for old in basis.replaces} <= set(bases())


def test_pp_16_of_2026_revoked_three_rules_and_waits_for_jdih() -> None:
    gone = {source.rule: source for source in register() if source.revoked_by}
    assert set(gone) == {Rule("PP", 43, 2014), Rule("PP", 47, 2015), Rule("PP", 11, 2019)}
    for source in gone.values():
        assert source.revoked_by == Rule("PP", 16, 2026)
        assert source.fields["valid_to"] == datetime.date(2026, 3, 26)
    newest = [basis for basis in bases().values() if basis.citation.rule == Rule("PP", 16, 2026)]
    assert newest
    assert all(basis.fields["needs_check"] for basis in newest)


def test_what_was_not_read_in_the_text_itself_waits_for_jdih() -> None:
    unsure = [basis for basis in bases().values() if basis.fields["known"] != "verified"]
    in_force = [basis for basis in unsure if basis.citation.rule != Rule("PP", 11, 2019)]
    assert in_force
    assert all(basis.fields["needs_check"] for basis in in_force)


def test_every_provision_says_in_short_sentences_what_it_says_and_where_it_was_read() -> None:
    for citation, basis in bases().items():
        fields = basis.fields
        assert 10 <= len(fields["summary"]) <= 360, citation
        assert fields["summary"].endswith("."), citation
        assert fields["source"], citation
        if fields["checked_on"] is None:
            assert fields["known"] == "memory", citation
        elif fields["recheck_on"] is not None:
            assert fields["recheck_on"] > fields["checked_on"], citation


def test_what_is_in_force_has_a_day_to_be_looked_at_again() -> None:
    revoked = {source.rule for source in register() if source.revoked_by}
    for citation, basis in bases().items():
        if basis.citation.rule not in revoked:
            assert basis.fields["recheck_on"], citation


@pytest.mark.parametrize("file", ["items.yaml", *(f"practice/m{number}.yaml" for number in range(1, 8))])
def test_every_law_that_a_question_cites_is_registered(file: str) -> None:
    missing = []
    for item in yaml.safe_load((BUNDLED_BANK / file).read_text())["items"]:
        for source in item.get("cite") or []:
            places = citations_in(source["ref"])
            assert bool(places) or source["status"] in ("programme", "secondary"), (item["id"], source)
            missing += [(item["id"], str(place)) for place in places if str(place) not in bases()]
    assert missing == []
