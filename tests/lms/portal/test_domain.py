"""What comes next, as a table: one step for every way an enrolment can stand."""

from typing import Any

import pytest

from lms.portal.domain import Facts, Step, next_step

# After the pre-test, in the middle of the lessons; each row changes what it names.
LEARNING = {"lessons_done": 3, "lessons_left": 4, "may_start_post_test": True}
DONE_READING = {
    "lessons_done": 7,
    "may_start_post_test": True,
    "post_test_missing": True,
    "plan_missing": True,
}
AFTER_POST = {"lessons_done": 7, "post_test_handed_in": True}


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({"may_start_pre_test": True, "lessons_left": 7}, Step.START_PRE_TEST),
        ({"pre_test_going_on": True, "lessons_left": 7}, Step.CONTINUE_PRE_TEST),
        ({"pretest_first": False, "may_start_pre_test": True, "lessons_left": 7}, Step.START_PRE_TEST),
        ({**LEARNING, "pretest_first": False, "may_start_pre_test": True}, Step.LESSON),
        (LEARNING, Step.LESSON),
        ({**LEARNING, "post_test_going_on": True, "may_start_post_test": False}, Step.CONTINUE_POST_TEST),
        (DONE_READING, Step.START_POST_TEST),
        ({**DONE_READING, "post_test_missing": False}, Step.START_POST_TEST),
        ({**AFTER_POST, "post_test_missing": True, "may_start_post_test": True}, Step.REPEAT_POST_TEST),
        ({**AFTER_POST, "post_test_missing": True, "plan_missing": True}, Step.PLAN),
        ({**AFTER_POST, "may_start_post_test": True, "plan_missing": True}, Step.PLAN),
        ({**AFTER_POST, "lessons_left": 2, "plan_missing": True}, Step.PLAN),
        ({**AFTER_POST, "plan_missing": True, "plan_written": True}, Step.HAND_IN_PLAN),
        ({**AFTER_POST, "plan_missing": True, "pledge_missing": True}, Step.PLAN),
        ({**AFTER_POST, "pledge_missing": True}, Step.PLEDGE),
        (AFTER_POST, Step.WAIT),
        ({**AFTER_POST, "completed": True}, Step.CERTIFICATE),
        ({"completed": True, "lessons_left": 7, "may_start_post_test": True}, Step.CERTIFICATE),
        ({"lessons_done": 7, "plan_missing": True}, Step.PLAN),
    ],
)
def test_there_is_one_next_step(facts: dict[str, Any], step: Step) -> None:
    assert next_step(Facts(**facts)) is step
