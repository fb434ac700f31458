"""The body of a lesson: which blocks it may hold, in the order in which authors find them."""

from typing import Any

from wagtail import blocks

from courses.blocks.boxes import (
    AccordionBlock,
    CaseBlock,
    DiscussBlock,
    ExampleBlock,
    FacilitatorBlock,
    NoteBlock,
    QuotationBlock,
    RememberBlock,
)
from courses.blocks.diagram import DiagramBlock
from courses.blocks.features import PLAIN
from courses.blocks.law import LawBlock
from courses.blocks.lists import ChecklistBlock, StepsBlock
from courses.blocks.media import AudioBlock, DocumentBlock, PictureBlock, VideoBlock
from courses.blocks.practice import PracticeBlock
from courses.blocks.reflection import ReflectionBlock
from courses.blocks.terms import TermsBlock
from courses.blocks.texts import HeadingBlock, ParagraphBlock, TableBlock

# Blocks that participants never get.
STAFF_ONLY = frozenset({"facilitator"})


class LessonBlock(blocks.StreamBlock):
    """The body of a lesson."""

    heading = HeadingBlock(max_length=120)
    paragraph = ParagraphBlock(features=PLAIN)
    steps = StepsBlock()
    table = TableBlock()
    picture = PictureBlock()
    diagram = DiagramBlock()
    audio = AudioBlock()
    video = VideoBlock()
    document = DocumentBlock()
    law = LawBlock()
    case = CaseBlock()
    example = ExampleBlock()
    note = NoteBlock()
    accordion = AccordionBlock()
    terms = TermsBlock()
    quotation = QuotationBlock()
    checklist = ChecklistBlock()
    reflection = ReflectionBlock()
    practice = PracticeBlock()
    discuss = DiscussBlock()
    remember = RememberBlock()
    facilitator = FacilitatorBlock()

    def get_api_representation(self, value: Any, context: Any = None) -> list[Any]:
        """Without what is for staff, not even its place."""
        shown = super().get_api_representation(value, context)
        return [block for block in shown or [] if block["type"] not in STAFF_ONLY]

    class Meta:
        block_counts = {"remember": {"max_num": 1}, "terms": {"max_num": 1}}
