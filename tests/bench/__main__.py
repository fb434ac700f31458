"""Prints the figures of the budget, one a line, and fails if one is over it.

``./run bench`` measures all, ``./run bench saving crowd`` some of: frames, saving, papers, crowd, cycle,
rollups. ``--cohorts=2000 --attempts=1000000`` says how much is simulated for the last one.
With ``POSTGRES_URL`` (or ``DATABASE_URL``) the cycle, the crowd and roll-ups are measured there too, in a
database made for it on that server and dropped afterwards.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import crowd, frames, postgres, rollups, site
from tests.bench.report import Report
from tests.bench.training import Crowd

# Goes when this process ends.
_TEMPORARY = tempfile.TemporaryDirectory(prefix="balai-bench-")
FOLDER = Path(_TEMPORARY.name)
POSTGRES = os.environ.pop("POSTGRES_URL", "") or os.environ.get("DATABASE_URL", "")
os.environ.pop("DATABASE_URL", None)
os.environ.update(LMS_VAR=str(FOLDER / "sqlite"), DJANGO_SETTINGS_MODULE="lms.settings.base")

_AT_ONCE = (2, 8, 32)
_CYCLES = {2: 16, 8: 32, 32: 64}
_WARMING = 6
_SAVERS = 30
_ROOM = 40
# Of simulated results, small enough for any machine; ``--cohorts=`` and ``--attempts=`` say otherwise.
_SIZE = {"cohorts": 20, "attempts": 2000}
_PEOPLE = _WARMING + sum(_CYCLES.values()) * 2 + _SAVERS + 2


@dataclass
class Bench:
    """A site, its server and its crowds; people of a crowd are used up, for each has one pre-test to give."""

    report: Report
    server: site.Server
    crowds: dict[str, Crowd]
    folder: Path
    environment: dict[str, str]
    used: dict[str, int] = field(default_factory=dict)

    def people(self, name: str, number: int) -> list[dict[str, str]]:
        begin = self.used.get(name, 0)
        self.used[name] = begin + number
        return self.crowds[name].people[begin : begin + number]


def main(arguments: list[str]) -> int:
    report = Report()
    _SIZE.update(_sizes(arguments))
    wanted = [one for one in arguments if not one.startswith("--")] or list(PARTS)
    with _site(report, FOLDER / "sqlite", "") as bench:
        for name in wanted:
            PARTS[name](bench)
    if POSTGRES:
        with postgres.database(POSTGRES) as url, _site(report, FOLDER / "postgres", url) as bench:
            for name in wanted:
                if name in ("crowd", "cycle", "rollups"):
                    PARTS[name](bench)
    if report.over:
        print("Over budget: " + "; ".join(report.over))
    return 1 if report.over else 0


@contextmanager
def _site(report: Report, folder: Path, url: str) -> Iterator[Bench]:
    """A throw-away site with its crowds, served."""
    report.note(f"Making a throw-away site on {'PostgreSQL' if url else 'SQLite'} in {folder} …")
    environment = {"DATABASE_URL": url} if url else {}
    site.prepare(folder, environment)
    crowds = site.make_crowds(folder, environment, _PEOPLE)
    with site.serving(folder, environment) as server:
        yield Bench(report, server, crowds, folder, environment)


def measure_frames(bench: Bench) -> None:
    """Lessons and the frame of all pages."""
    people = {entry["state"]: entry for entry in site.sign_ins(FOLDER / "sqlite")["participants"]}
    _set_up_django()
    from tests.bench import queries

    pages = queries.make_pages()
    measured = queries.measure(pages)
    for blocks, count in measured.lesson.items():
        bench.report(f"lesson of {blocks} blocks: queries more than a stock page", count - measured.stock, 8)
    bench.report("stock Wagtail page at the same depth: queries", measured.stock)
    frames.bytes_of_pages(bench.report, bench.server, people)
    frames.page_of_ten(bench.report, bench.server, bench.crowds["page"])
    frames.bytes_of_lesson(bench.report, bench.server, people["sedang belajar"], pages)
    frames.cpu_of_views(bench.report, bench.server, people["sedang belajar"], pages)


def measure_saving(bench: Bench) -> None:
    """One saved answer and one page of a test, without the network."""
    _set_up_django()
    from tests.bench import saving

    for name in ("question", "long", "page"):
        asked, cost = bench.crowds[name], saving.cost_of_saving(bench.crowds[name])
        what = f"saving an answer, {asked.questions} questions ({asked.layout} layout)"
        bench.report(f"{what}: queries", cost.queries, 6)
        bench.report(f"{what}: write transactions", cost.writes, 1)
        bench.report(f"{what}: CPU ms", cost.cpu_ms, 10)
    looked = {
        "a question on its own page": ("question", "question", 1),
        "ten questions on one page": ("page", "page"),
        "the page before handing in": ("question", "review"),
    }
    for what, (name, *page) in looked.items():
        cost = saving.cost_of_looking(bench.crowds[name], *page)
        bench.report(f"{what}: queries", cost.queries)
        bench.report(f"{what}: CPU ms", cost.cpu_ms)


def measure_papers(bench: Bench) -> None:
    """The whole pack of a training as PDF, waited for as an organiser does."""
    _set_up_django()
    from tests.bench import papers

    for people in (1, _ROOM):
        pack = papers.pack_of(people)
        what = f"pack of papers for {people}"
        bench.report(f"{what}: seconds", pack.seconds, 5)
        bench.report(f"{what}: queries", pack.queries, 30)
        bench.report(f"{what}: kB", pack.bytes // 1000)


def measure_crowd(bench: Bench) -> None:
    """A whole room that saves at the same moment."""
    met = crowd.saves(bench.server, bench.people("question", _SAVERS))
    _name_errors(bench, met)
    what = f"{_SAVERS} participants saving at once"
    bench.report(f"{what}: errors", len(met.errors), 0)
    bench.report(f"{what}: median ms", met.at(0.5))
    bench.report(f"{what}: p95 ms", met.at(0.95), 500)
    bench.report(f"{what}: slowest ms", met.at(1), 2000)
    bench.report(f"{what}: saves a second", len(met.seconds) / met.wall)
    bench.report(f"{what}: CPU ms of the server a save", met.cpu_each)


def measure_cycle(bench: Bench) -> None:
    """Start, answer ten, look over, hand in, see the result; signing in not counted."""
    for name, by_script, limit in (("page", False, 60), ("page", True, None), ("question", False, None)):
        crowd.cycles(bench.server, bench.people(name, 2), at_once=2, by_script=by_script)
        way = f"cycle, {name} layout" + (", each answer saved when given" if by_script else "")
        for at_once in _AT_ONCE:
            people = bench.people(name, _CYCLES[at_once])
            met = crowd.cycles(bench.server, people, at_once=at_once, by_script=by_script)
            _name_errors(bench, met)
            bench.report(f"{way}, {at_once} at once: errors", len(met.errors), 0)
            bench.report(f"{way}, {at_once} at once: CPU ms of the server", met.cpu_each, limit)
            bench.report(f"{way}, {at_once} at once: cycles a second", len(met.seconds) / met.wall)
            bench.report(f"{way}, {at_once} at once: p95 ms", met.at(0.95))


def measure_rollups(bench: Bench) -> None:
    """Simulated trainings: seeding, counting anew, the page over all of them."""
    rollups.measure(bench.report, bench.folder, bench.environment, **_SIZE)


PARTS: dict[str, Callable[[Bench], None]] = {
    "frames": measure_frames,
    "saving": measure_saving,
    "papers": measure_papers,
    "crowd": measure_crowd,
    "cycle": measure_cycle,
    "rollups": measure_rollups,
}


def _sizes(arguments: list[str]) -> dict[str, int]:
    given = (one[2:].partition("=") for one in arguments if one.startswith("--"))
    return {name: int(value) for name, _equals, value in given if name in _SIZE}


def _name_errors(bench: Bench, met: crowd.Measured) -> None:
    for error in sorted(set(met.errors))[:3]:
        bench.report.note(f"  error: {error}")


def _set_up_django() -> None:
    """Modules that use the database are imported after this, inside the functions that need them."""
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
