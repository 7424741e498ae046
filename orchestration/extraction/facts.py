"""Facts without a figure: ranks and honours, milestones, named projects, results in words. Each sentence is searched only for what its words call for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from orchestration.extraction import milestones, outcomes, projects, standings
from orchestration.extraction.layout import Layout
from orchestration.extraction.model import Claim, Context, Milestone, Outcome, Project, Standing
from orchestration.extraction.passages import Passage
from orchestration.extraction.periods import Timeline, timeline

_UNBROKEN = re.compile("[^…]+…*")  # an ellipsis ends a clause too
Facts = tuple[list[Standing], list[Milestone], list[Project], list[Outcome]]


def find_facts(layout: Layout, context: Context, claims: Sequence[Claim], line: Timeline | None = None) -> Facts:
    """The standings, milestones, projects and outcomes of a text, each in order of the text; linear in its length.

    `claims` are the text's, in order; `line` is the text's timeline where the caller has it already.
    """
    book = _Book(layout, line or timeline(layout, context), claims)
    return (
        [fact for passage in book.passages(standings.NEEDLES) for fact in standings.find(passage)],
        [fact for passage in book.dated() for fact in milestones.find(passage)],
        [fact for passage in book.passages(projects.NEEDLES) for fact in projects.find(passage)],
        [fact for passage in book.passages(outcomes.NEEDLES) for fact in outcomes.find(passage)],
    )


class _Book:
    """A text's sentences as passages, made on demand and once."""

    def __init__(self, layout: Layout, line: Timeline, claims: Sequence[Claim]) -> None:
        self.layout = layout
        self.line = line
        self.claims = claims
        self.places = [c.char_start for c in claims]
        self.made: dict[int, Passage] = {}

    def passages(self, needles: Sequence[str]) -> Iterator[Passage]:
        """The sentences that hold one of `needles`, in order."""
        normal, sentences, starts = self.layout.normal, self.layout.sentences, self.layout.starts
        found: set[int] = set()
        for needle in needles:
            at = normal.find(needle)
            while at >= 0:
                index = bisect_right(starts, at) - 1
                inside = index >= 0 and at < sentences[index].end
                if inside:
                    found.add(index)
                at = normal.find(needle, sentences[index].end if inside else at + 1)
        return map(self._passage, sorted(found))

    def dated(self) -> Iterator[Passage]:
        """The sentences that name a time."""
        last = -1
        for time in self.line.times:
            index = bisect_right(self.layout.starts, time.start) - 1
            if index > last:
                last = index
                yield self._passage(index)

    def _passage(self, index: int) -> Passage:
        if index not in self.made:
            s = self.layout.sentences[index]
            claims = list(self.claims[bisect_left(self.places, s.start) : bisect_left(self.places, s.end)])
            clauses = self.layout.clauses(s)
            if "…" in self.layout.normal[s.start : s.end]:
                clauses = [m.span() for a, b in clauses for m in _UNBROKEN.finditer(self.layout.normal, a, b)]
            text, original = self.layout.normal[s.start : s.end], self.layout.text[s.start : s.end]
            self.made[index] = Passage(text, original, s.start, clauses, claims, self.line, self.layout.sections[s.section].path)
        return self.made[index]
