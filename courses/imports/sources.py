"""What the files of a curriculum say, as plain data. Leaf: reader, loader and checks speak of it."""

from dataclasses import dataclass, field

from courses.enums import CourseKind
from courses.imports.markdown import RawBlock

SOURCE = "id"
TRANSLATION = "en"


@dataclass(frozen=True, slots=True)
class GuideText:
    """The facilitator's guide of a lesson in one language; without a file it says nothing."""

    minutes: int | None = None
    materials: str = ""
    preparation: str = ""
    body: list[RawBlock] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CitedAt:
    """A citation as the register writes it, and its place: ``m3/3-1.id.md:17``."""

    citation: str
    place: str


@dataclass(frozen=True, slots=True)
class LessonText:
    """What a lesson says in one language. ``legal_bases`` are citations; ``cited`` says where they stand."""

    title: str
    outcome: str
    body: list[RawBlock]
    legal_bases: list[str]
    guide: GuideText = field(default_factory=GuideText)
    cited: list[CitedAt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson; ``texts`` by language, the English one without body as long as nobody has written it."""

    code: str
    slug: str
    minutes: int
    outcomes: list[str]
    texts: dict[str, LessonText]
    # Old citations whose readers this lesson brings up to date.
    updates: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ModuleSource:
    code: str
    slug: str
    jp: int
    titles: dict[str, str]
    summaries: dict[str, str]
    # By language; empty until somebody has translated it.
    can_do: dict[str, str]
    outcomes: list[str]
    lessons: list[LessonSource]


@dataclass(frozen=True, slots=True)
class CourseSource:
    slug: str
    jp: int
    titles: dict[str, str]
    summaries: dict[str, str]
    rationale: dict[str, str]
    how_to_learn: dict[str, str]
    modules: list[ModuleSource]
    kind: CourseKind = CourseKind.TRAINING
