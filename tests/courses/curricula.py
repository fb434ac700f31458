"""A small curriculum and question bank as files, for tests of the loader."""

from pathlib import Path

from tests.law import FILES

OUTCOMES = """\
- {code: H1, kind: result, title: Paham perencanaan, title_en: Understands planning}
- {code: D1, kind: discussion, title: Berbagi pengalaman, title_en: Shares experience}
"""

COURSE = """\
slug: kursus
title: Kursus desa
title_en: Village course
summary: Untuk warga.
summary_en: For residents.
rationale: |
  ## Mengapa

  Desa **belajar**.
jp: 8
modules: [m1-awal, m2-lanjut]
"""

MODULE = """\
code: {code}
slug: {slug}
title: Modul {code}
title_en: Module {code}
jp: 4
summary: Ringkasan {code}.
summary_en: Summary of {code}.
outcomes_text:
  - menyebut langkah
  - menulis usulan
outcomes_text_en:
  - name the steps
outcomes: [H1, D1]
lessons: [{lessons}]
"""

LESSON = """\
---
code: {code}
slug: {slug}
title: {title}
title_en: Lesson {code}
outcome: Peserta dapat menjelaskan {code}.
outcome_en: Participants can explain {code}.
minutes: 8
outcomes: [H1]
legal_basis:
  - UU 6/2014 Ps 79
---
{body}
"""

BODY = """\
Usul **hilang**.

## Jalan usul

1. Warga bicara.
2. Warga menulis.

:::remember
- Tulislah.
:::
"""


WHOLE_BODY = """\
Usul **hilang**.

:::practice P-M1.1
:::

:::discuss
Siapa?
:::

:::remember
- Tulislah.
:::
"""


def lesson_file(code: str, *, slug: str = "pelajaran", title: str = "", body: str = BODY) -> str:
    return LESSON.format(code=code, slug=slug, title=title or f"Pelajaran {code}", body=body)


def write_curriculum(root: Path) -> Path:
    """Two modules: M1.1 written and translated, M1.2 empty, M2.1 written. Returns the folder."""
    course = root / "curriculum" / "kursus"
    first, second = course / "m1-awal", course / "m2-lanjut"
    first.mkdir(parents=True)
    second.mkdir()
    (course / "course.yaml").write_text(COURSE)
    (first / "module.yaml").write_text(MODULE.format(code="M1", slug="awal", lessons="1-1-satu, 1-2-dua"))
    (second / "module.yaml").write_text(MODULE.format(code="M2", slug="lanjut", lessons="2-1-tiga"))
    (first / "1-1-satu.id.md").write_text(lesson_file("M1.1", slug="satu"))
    (first / "1-1-satu.en.md").write_text(lesson_file("M1.1", slug="satu", title="Lesson M1.1"))
    (first / "1-2-dua.id.md").write_text(lesson_file("M1.2", slug="dua", body=""))
    (second / "2-1-tiga.id.md").write_text(lesson_file("M2.1", slug="tiga"))
    return root / "curriculum"


def write_whole_lessons(folder: Path) -> None:
    """Give every lesson what the check of the curriculum looks for, and no citation."""
    for file in folder.glob("*/*/*.md"):
        front, _dashes, _body = file.read_text().removeprefix("---\n").partition("\n---\n")
        kept = front.split("legal_basis:")[0].replace("outcomes: [H1]", "outcomes: [H1, D1]")
        file.write_text(f"---\n{kept}---\n{WHOLE_BODY}")


def write_bank(root: Path) -> Path:
    """A bank with two outcomes, a small register of law and no question."""
    bank = root / "bank"
    (bank / "legal").mkdir(parents=True)
    for name, text in FILES.items():
        (bank / "legal" / name).write_text(text)
    (bank / "outcomes.yaml").write_text(OUTCOMES)
    (bank / "items.yaml").write_text("items: []\n")
    (bank / "assessments.yaml").write_text("[]\n")
    return bank
