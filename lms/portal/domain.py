"""What a participant should do next: one step, never a list."""

import enum
from dataclasses import dataclass


class Step(enum.Enum):
    """The one next thing."""

    START_PRE_TEST = "start_pre_test"
    CONTINUE_PRE_TEST = "continue_pre_test"
    LESSON = "lesson"
    START_POST_TEST = "start_post_test"
    CONTINUE_POST_TEST = "continue_post_test"
    REPEAT_POST_TEST = "repeat_post_test"
    PLAN = "plan"
    HAND_IN_PLAN = "hand_in_plan"
    PLEDGE = "pledge"
    CERTIFICATE = "certificate"
    # All that can be done here is done; what is missing is not in the participant's hands.
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """How one enrolment stands."""

    pretest_first: bool = True
    may_start_pre_test: bool = False
    pre_test_going_on: bool = False
    lessons_done: int = 0
    lessons_left: int = 0
    may_start_post_test: bool = False
    post_test_going_on: bool = False
    post_test_handed_in: bool = False
    post_test_missing: bool = False
    plan_missing: bool = False
    plan_written: bool = False
    pledge_missing: bool = False
    completed: bool = False


def next_step(facts: Facts) -> Step:
    """The first thing on the way that is not done.

    ``post_test_missing`` and ``plan_missing`` say that the cohort asks for it and it is not met yet;
    ``plan_written`` that the missing plan holds an activity and only has to be handed in;
    ``pledge_missing`` that the cohort asks for a pledge and none is written: it is signed on paper. Lessons
    come before the post-test and not after it: who has taken it is not sent back, except to repeat it.
    """
    if facts.completed:
        return Step.CERTIFICATE
    if facts.pre_test_going_on:
        return Step.CONTINUE_PRE_TEST
    if facts.may_start_pre_test and (facts.pretest_first or not facts.lessons_done):
        return Step.START_PRE_TEST
    if facts.post_test_going_on:
        return Step.CONTINUE_POST_TEST
    if not facts.post_test_handed_in:
        if facts.lessons_left:
            return Step.LESSON
        if facts.may_start_post_test:
            return Step.START_POST_TEST
    elif facts.post_test_missing and facts.may_start_post_test:
        return Step.REPEAT_POST_TEST
    if facts.plan_missing:
        return Step.HAND_IN_PLAN if facts.plan_written else Step.PLAN
    if facts.pledge_missing:
        return Step.PLEDGE
    return Step.WAIT
