import json
import re

import pytest
from django.core.management import CommandError, call_command

from tests.lms.evaluation.makers import SIX, copies, make_cohort

pytestmark = pytest.mark.django_db

ASKED_FOR = {
    "registered",
    "matched_n",
    "mean_pre",
    "mean_post",
    "max_points",
    "mean_gain",
    "ci_low",
    "ci_high",
    "rose",
    "same",
    "fell",
    "normalized_gain",
    "simulated",
    "outcomes",
}


def printed(capsys, *arguments):
    call_command("evaluate_cohort", *arguments)
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_json_is_one_object_with_what_was_asked_for(capsys):
    make_cohort(SIX, code="LNN-1")
    result = json.loads(printed(capsys, "LNN-1", "--format", "json"))
    assert set(result) >= ASKED_FOR
    assert (result["mean_pre"], result["mean_post"], result["mean_gain"]) == (9.5, 13, 3.5)
    assert (result["matched_n"], result["simulated"], result["max_points"]) == (6, False, 20)
    assert result["outcomes"][0].keys() >= {"code", "label", "n", "max_points", "mean_gain", "ci_low"}


def test_json_holds_the_rest_of_the_report_too(capsys):
    make_cohort(copies(SIX, 5), code="LNN-1")
    result = json.loads(printed(capsys, "LNN-1", "--format", "json"))
    first = result["questions"][0]
    assert first["n"] == first["n00"] + first["n01"] + first["n10"] + first["n11"] == 30
    assert set(result["people"]) == {"sex", "age_band", "element"}
    assert result["actions"]["planned"] == 0
    assert result["reliability"].keys() >= {"alpha", "sem", "band", "reason"}


def test_below_five_people_json_hides_every_mean_gain_and_count(capsys):
    make_cohort([*SIX[:2], *SIX[3:5]], code="LNN-1")
    result = json.loads(printed(capsys, "LNN-1", "--format", "json"))
    hidden = ASKED_FOR - {"registered", "matched_n", "max_points", "simulated", "outcomes"}
    assert {name: result[name] for name in hidden} == dict.fromkeys(hidden)
    assert all(row["mean_gain"] is None and row["rose"] is None for row in result["outcomes"])
    assert all(group["mean_pre"] is None for group in result["groups"])
    assert (result["questions"], result["repeat"], result["people"], result["d_av"]) == ([], [], {}, None)
    assert result["reliability"]["alpha"] is None


def test_json_never_holds_nan_or_infinity(capsys):
    make_cohort(copies([("AB", 20, 20), ("BA", 20, 20)], 3), code="LNN-1")
    assert not re.search(r"\b(NaN|Infinity)\b", printed(capsys, "LNN-1", "--format", "json"))


def test_text_is_the_default_and_says_that_data_are_simulated(capsys):
    make_cohort(SIX, code="LNN-1", is_simulated=True)
    text = printed(capsys, "LNN-1", "--language", "en")
    assert "SIMULATED DATA" in text
    assert "The average rose from 9.5 to 13.0 of 20 points (+3.5; 95% plausible range +2.4 to +4.6)." in text
    assert "Indicative: only 6 people." in text
    assert "Not proof of cause." in text
    assert not re.search(r"\d\.\d\d", text)


def test_text_answers_what_an_organiser_asks(capsys):
    make_cohort(SIX, code="LNN-1")
    text = printed(capsys, "LNN-1", "--language", "en")
    for part in ("To teach again", "How good the test is", "Who is included", "What was done afterwards"):
        assert f"\n{part}: " in text
    assert "Everybody who is registered took both tests." in text


def test_text_in_indonesian_writes_a_comma(capsys):
    make_cohort(SIX, code="LNN-1")
    assert "9,5" in printed(capsys, "LNN-1")


def test_text_below_five_people_has_no_result(capsys):
    make_cohort([*SIX[:2], *SIX[3:5]], code="LNN-1")
    text = printed(capsys, "LNN-1", "--language", "en")
    assert "fewer than 5 people" in text
    assert not re.search(r"\d\.\d", text)


def test_an_unknown_code_is_an_error_in_one_sentence(capsys):
    with pytest.raises(CommandError, match="no cohort with the code 'NOPE'"):
        call_command("evaluate_cohort", "NOPE", "--format", "json")
    assert capsys.readouterr().out == ""
