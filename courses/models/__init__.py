"""Courses as Wagtail pages: course, module, lesson; the glossary; who writes and approves."""

from courses.models.course import CoursePage, ModulePage
from courses.models.glossary import GlossaryPage, GlossaryTerm
from courses.models.lesson import LessonPage
from courses.models.pictures import PreparedPicture
from courses.models.review import ReviewTask
from courses.models.stamp import TextStamp
from courses.models.team import CourseTeam, SecondReaderTask

__all__ = [
    "CoursePage",
    "CourseTeam",
    "GlossaryPage",
    "GlossaryTerm",
    "LessonPage",
    "ModulePage",
    "PreparedPicture",
    "ReviewTask",
    "SecondReaderTask",
    "TextStamp",
]
