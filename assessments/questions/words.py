"""A question on paper and read aloud, and its answers in words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import models

from assessments.questions.answers import DONT_KNOW, DONT_KNOW_LABEL, OptionOrder, Response
from assessments.questions.tallies import Tally, of_texts, of_words
from assessments.scoring import Parts


class Mistake(NamedTuple):
    """Something wrong in an answer, in its own words, and why it is wrong where the author has said so."""

    words: str
    why: str = ""


class InWords(models.Model):
    """The part of a question's contract that paper, reading aloud, marking and reviews use."""

    class Meta:
        abstract = True

    def correct_response(self) -> Response:
        """A response that earns all points. It is the key: for staff, simulated data and tests only.

        None where there is no key (attitudes, work that a person reads).
        """
        raise NotImplementedError

    @classmethod
    def print_block(cls, payload: dict[str, Any]) -> dict[str, Any]:
        """The question for a printed form: a JSON dict that ``print_parts`` of the paper form understands.

        Keys: ``hint`` (one line how to answer), ``lists`` ([{"title": str, "rows": [{"label", "text",
        "image"}]}], labels as ``read_keyed`` expects them), ``answer`` ("letters", "number", "line",
        "lines" or "file": the room on the answer sheet), ``cells`` (how many letters are expected).
        """
        raise NotImplementedError

    @classmethod
    def keying_hint(cls, payload: dict[str, Any]) -> str:
        """What a keyer types for this question, by example: ``A`` or ``BDAC``."""
        raise NotImplementedError

    @classmethod
    def read_keyed(cls, text: str, order: OptionOrder, payload: dict[str, Any]) -> Response:
        """A response from what was typed off a paper sheet, letters in the order shown.

        "" is None (not answered). Raises ValidationError (code ``invalid``) that says what is expected. Use
        ``read_keyed_answer``, which knows the marks for "I do not know" as well.
        """
        raise NotImplementedError

    @classmethod
    def write_keyed(cls, response: Response, order: OptionOrder, payload: dict[str, Any]) -> str:
        """What a keyer would type for a response: ``read_keyed`` makes the same response of it."""
        raise NotImplementedError

    @classmethod
    def means_the_same(cls, one: Response, other: Response, payload: dict[str, Any]) -> bool:
        """Whether two responses that were typed off the same sheet are one answer, spelt differently."""
        return bool(one == other)

    def describe(self, response: Response) -> list[str]:
        """A response in words, one line a part, for reviews, marking and history. None gives []."""
        if response is None:
            return []
        return [str(DONT_KNOW_LABEL)] if response == DONT_KNOW else self.describe_answer(response)

    def describe_answer(self, response: Response) -> list[str]:
        """``describe`` for an answer that is one. Options that are not there any more are left out."""
        raise NotImplementedError

    def tallies(self, responses: Sequence[Response]) -> list[Tally]:
        """Many answers counted, for surveys; None is left out. By option where there are some to choose from,
        else the texts."""
        answers = [self.describe(response) for response in responses if response is not None]
        return [of_words(answers) if self.option_ids() else of_texts(answers)]

    def option_ids(self) -> list[str]:
        """See ``Question``."""
        raise NotImplementedError

    def describe_key(self) -> list[str]:
        """The right answer in words, for staff and for reviews that may show the key."""
        return self.describe(self.correct_response())

    def feedback_on(self, response: Response) -> list[str]:
        """What may be said about this response when feedback is shown: why what was chosen is right or
        wrong. It never tells the right answer to somebody who did not give it."""
        return [] if response is None or response == DONT_KNOW else self.feedback_on_answer(response)

    def feedback_on_answer(self, response: Response) -> list[str]:
        """``feedback_on`` for an answer that is one."""
        return []

    def mistakes(self, response: Response) -> list[Mistake]:
        """What is wrong in an answer, one entry for each part that is: what people hold to be true. It is the
        key told backwards, so it is for staff only.

        Empty for a right answer, for none, for "I do not know", and where there is no key.
        """
        if response is None or response == DONT_KNOW or self.correct_response() is None:
            return []
        return [mistake for mistake in self.mistakes_in_answer(response) if mistake.words]

    def mistakes_in_answer(self, response: Response) -> list[Mistake]:
        """``mistakes`` for an answer that is one: all of it, where an answer is right or wrong as a whole."""
        earned, possible = self.score_parts(response)
        if earned == possible:
            return []
        words, why = self.describe_answer(response), self.feedback_on_answer(response)
        return [Mistake(", ".join(words), " ".join(why))]

    def score_parts(self, response: Response) -> Parts:
        """See ``Question``."""
        raise NotImplementedError
