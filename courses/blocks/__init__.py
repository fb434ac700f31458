"""The blocks a lesson and its guide are made of. Plain and printable."""

from courses.blocks.features import PLAIN
from courses.blocks.guide import GuideBlock
from courses.blocks.law import LawBlock
from courses.blocks.lesson import STAFF_ONLY, LessonBlock
from courses.blocks.practice import practice_questions

__all__ = ["PLAIN", "STAFF_ONLY", "GuideBlock", "LawBlock", "LessonBlock", "practice_questions"]
