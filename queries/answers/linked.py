"""`linked`: is this subject listed, reached by a measure, associated with someone listed, liable if a court so rules?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph_model.claims import POSITIVE_GRADES, Holds
from graph_model.errors import BudgetExceeded, UsageError
from graph_model.stores.graph import Reader
from queries.answers.answer import (
    Asked,
    Coverage,
    Finding,
    Flag,
    LinkedQuestion,
    ListCoverage,
    Subject,
    Timing,
    Verdict,
    Verdicts,
)
from queries.answers.candidates import candidates_of
from queries.answers.coverage import covered, lists_covered, polarity, severe
from queries.answers.evidence import RawRows
from queries.answers.law_answer import LinkedAnswer
from queries.answers.law_frame import Clocked, Frame, frame_over
from queries.answers.linked_law import OUT_OF_TIME, LawPart, law_part
from queries.answers.listings import Listed, Standing, own_listings
from queries.answers.subject import find_subject, grade, ref
from queries.answers.trails import Composer
from queries.clocks import read_clocks
from queries.folding import Fold, checked_identity
from queries.inquiry import Inquiry, Watch
from queries.network import Network, any_unsure
from queries.search import Search, Trail

MOST_HOPS = 8
# The search gets this part of the time, so that what it found can still be told within the budget.
SEARCH_SHARE = 0.75


def linked(
    reader: Reader, text: str, *, anchor: str | None = None, at: str | None = None, known_at: str | None = None,
    rules_at: str | None = None, place: str | None = None, history: str | None = None, to: str | None = None, max_hops: int = 4, identity: str = "probable", limit: int = 20, seconds: float = 10.0,
    raw: RawRows | None = None,
) -> LinkedAnswer:  # fmt: skip
    """The answer about one subject, given by id, number or name (`anchor`: the enterprise in whose record a person is named)."""
    checked_bounds(max_hops, limit, seconds)
    watch = Watch(reader)
    clocks = read_clocks(watch, at=at, known_at=known_at, rules_at=rules_at)
    question = LinkedQuestion(
        "linked", Asked(text, anchor), clocks.valid_at, clocks.known_at, clocks.rules_at, place, history, to, max_hops,
        grade(checked_identity(identity)), limit, float(seconds),
    )  # fmt: skip
    network = Network(Inquiry(watch, clocks), identity)
    frame = frame_over(network, Clocked(at, known_at, rules_at, place, history, identity), raw)
    return _Linked(question, network, Composer(network, raw), frame).answer()


def checked_bounds(max_hops: int, limit: int, seconds: float) -> None:
    """Raise `UsageError` where a bound makes no sense."""
    if not 1 <= max_hops <= MOST_HOPS:
        raise UsageError(f"max_hops {max_hops}: expected 1 to {MOST_HOPS}")
    if limit < 1:
        raise UsageError(f"limit {limit}: expected 1 or more")
    if seconds <= 0:
        raise UsageError(f"budget {seconds} seconds: expected more than 0")


@dataclass(slots=True)
class _Found:
    """What a search of the association found, and how far it came."""

    pairs: list[tuple[Trail, Standing]]
    sure: bool
    hops: int
    complete: bool
    nodes: int
    cut: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Linked:
    question: LinkedQuestion
    network: Network
    composer: Composer
    frame: Frame

    def answer(self) -> LinkedAnswer:
        watch, clocks = self.network.inquiry.watch, self.network.inquiry.clocks
        subject, folds = find_subject(self.network, self.question.subject.text, self.question.subject.anchor)
        lists = lists_covered(self.network.inquiry, self.network)
        listed = self._listed(subject, folds, lists)
        self.network.candidates |= candidates_of(self.network.inquiry, {i: self.network.labels[i] for i in folds})
        found = self._search(subject, lists)
        associated = self._associated(subject, found, lists)
        for one in folds.values():
            self.composer.same(one.way)
        to = find_subject(self.network, self.question.to, None)[0] if self.question.to else None
        law = self._law(subject, to)
        verdicts = Verdicts(listed, law.reached, associated, law.liable)
        claims = {c for v in (listed, associated) for f in v.findings for c in f.evidence}
        evidence = {**self.frame.evidence(), **self.composer.evidence(claims | {c for f in subject.same_as for c in f.claims})}
        coverage = self._coverage(lists, found)
        timing = Timing(round(watch.elapsed, 4), watch.queries)
        return LinkedAnswer(self.question, subject, clocks, verdicts, law.findings, coverage, dict(sorted(evidence.items())), timing)

    def _law(self, subject: Subject, to: Subject | None) -> LawPart:
        """What the law adds, within the time: a hub has thousands of ties to look behind."""
        watch = self.network.inquiry.watch
        watch.limit(self.question.budget_seconds)
        try:
            return law_part(self.frame, subject, to)
        except BudgetExceeded:
            return OUT_OF_TIME
        finally:
            watch.limit(None)

    # --- listed -----------------------------------------------------------------------------------------

    def _listed(self, subject: Subject, folds: dict[str, Fold], lists: Sequence[ListCoverage]) -> Verdict:
        if subject.id is None:
            return Verdict("undetermined", subject.reason, ())
        rows = own_listings(self.network, folds)
        findings = tuple(self._own(standing, folds[standing.row.subject], subject) for standing in rows)
        negative = [f for f in findings if f.polarity == "negative"]
        if any(f.holds == "yes" for f in negative):
            return Verdict("yes", None, findings)
        if any(f.holds == "undetermined" for f in negative):
            return Verdict("undetermined", _why(f for f in negative if f.holds == "undetermined"), findings)
        return _nothing(subject, lists, findings)

    def _own(self, standing: Standing, fold: Fold, subject: Subject) -> Finding:
        row = standing.row
        sure = fold.sure and subject.identity in POSITIVE_GRADES
        for claim in standing.claims:
            self.composer.listing(claim, row.subject)
        return Finding(
            "listing", row.list, polarity(row.polarity), severe(row.list), standing.state, row.valid_from, row.valid_to,
            row.unknown_since, _weakened(standing.holds, sure), ref(self.network, row.subject), 0, None,
            () if sure else ("identity_probable",), row.listing, (*standing.claims, *fold.claims),
        )  # fmt: skip

    # --- associated -------------------------------------------------------------------------------------

    def _search(self, subject: Subject, lists: Sequence[ListCoverage]) -> _Found | None:
        negative = sum(entry.listings for entry in lists if entry.polarity == "negative")
        if subject.id is None or not negative:
            return None
        self.network.inquiry.watch.limit(self.question.budget_seconds * SEARCH_SHARE)
        try:
            listed = Listed(self.network, negative)
        except BudgetExceeded:
            return _Found([], True, 0, False, 0, ["nothing was searched: the time was spent"])
        first = self._pass(subject.id, listed, sure=True)
        again = not first.pairs and first.complete and self._doubtful(listed)
        found = self._pass(subject.id, listed, sure=False) if again else first
        self.network.inquiry.watch.limit(None)
        return found

    def _doubtful(self, listed: Listed) -> bool:
        """Whether something unsure was seen: a step, or a listing of a node that was reached."""
        seen = set(self.network.crossings)
        try:
            return any_unsure(self.network, seen) or any(
                s.holds == "undetermined" for i in seen for s in listed.of(i)
            )
        except BudgetExceeded:
            return True

    def _pass(self, start: str, listed: Listed, *, sure: bool) -> _Found:
        search = Search(self.network, start, sure)
        found = _Found([], sure, 0, True, 0, search.cut)
        for level in search.levels(self.question.max_hops):
            found.nodes += len(level.trails)
            found.complete = level.complete
            try:
                found.pairs += self._on_lists(level.trails, listed, sure) if level.hops else []
            except BudgetExceeded:
                found.complete = False
                found.cut.append(
                    f"not every node at {level.hops} hops was looked up on the lists: the time was spent"
                )
            if not found.complete:
                return found
            found.hops = level.hops
            if len(found.pairs) >= self.question.limit and level.hops < self.question.max_hops:
                found.cut.append(
                    f"more than {level.hops} hops were not searched: {len(found.pairs)} findings were complete at {level.hops}"
                )
                return found
        found.hops = self.question.max_hops
        return found

    def _on_lists(
        self, trails: dict[str, list[Trail]], listed: Listed, sure: bool
    ) -> list[tuple[Trail, Standing]]:
        pairs = [
            (ways[0], s)
            for node, ways in trails.items()
            for s in listed.of(node)
            if s.holds == "yes" or not sure
        ]
        return sorted(pairs, key=lambda pair: pair[0])

    def _associated(self, subject: Subject, found: _Found | None, lists: Sequence[ListCoverage]) -> Verdict:
        if subject.id is None:
            return Verdict("undetermined", subject.reason, ())
        if found is None:
            return _nothing(subject, lists, ())
        findings = self._tell(subject, found)
        if any(f.holds == "yes" for f in findings):
            return Verdict("yes", None, findings)
        if findings:
            return Verdict("undetermined", _why(findings), findings)
        if found.cut or self.network.capped:
            return Verdict(
                "undetermined", "nothing was found, but the search is not complete: see coverage", ()
            )
        return _nothing(subject, lists, ())

    def _tell(self, subject: Subject, found: _Found) -> tuple[Finding, ...]:
        """The first findings in the declared order, as many as asked for and as the time allows."""
        told: list[Finding] = []
        for trail, standing in found.pairs[: self.question.limit]:
            if told and self.network.inquiry.watch.elapsed > self.question.budget_seconds:
                break
            told.append(self._finding(subject, trail, standing, found.sure))
        left = len(found.pairs) - len(told)
        if left:
            found.cut.append(f"{left} more findings are left out, the last in the declared order")
        return tuple(told)

    def _finding(self, subject: Subject, trail: Trail, standing: Standing, sure: bool) -> Finding:
        row, path = standing.row, self.composer.path(trail, sure=sure)
        self.network.add(row.subject, row.label, row.caption)
        for claim in standing.claims:
            self.composer.listing(claim, row.subject)
        certain = not trail.unsure and subject.identity in POSITIVE_GRADES
        claims = [claim for step in path.steps for claim in step.evidence]
        flags: tuple[Flag, ...] = path.flags
        if subject.identity not in POSITIVE_GRADES and "identity_probable" not in flags:
            flags = (*flags, "identity_probable")
        return Finding(
            "path", row.list, polarity(row.polarity), severe(row.list), standing.state, row.valid_from, row.valid_to,
            row.unknown_since, _weakened(standing.holds, certain), ref(self.network, row.subject), trail.hops, path, flags,
            row.listing, tuple(dict.fromkeys((*claims, *standing.claims))),
        )  # fmt: skip

    def _coverage(self, lists: tuple[ListCoverage, ...], found: _Found | None) -> Coverage:
        done = found or _Found([], True, 0, True, 0)
        hubs = tuple(self.composer.hubs[node] for node in sorted(self.composer.hubs))
        return covered(
            self.network, lists, hops=done.hops, cut=done.cut, seconds=self.question.budget_seconds,
            exhausted=not done.complete, hubs=hubs, nodes=done.nodes, candidates=len(self.network.candidates),
        )  # fmt: skip


def _weakened(holds: Holds, sure: bool) -> Holds:
    return "undetermined" if holds == "yes" and not sure else holds


def _why(findings: Iterable[Finding]) -> str:
    """Why findings do not make it sure, the first reason that applies."""
    every = list(findings)
    if any("identity_probable" in f.flags for f in every):
        return "it rests on an identity that is only probable"
    if any(f.state == "unknown_since" for f in every):
        return "the source no longer shows the listing, without saying that it ended"
    return "the dates known do not decide whether it holds on the day"


def _nothing(subject: Subject, lists: Sequence[ListCoverage], findings: tuple[Finding, ...]) -> Verdict:
    """The verdict where nothing negative was found: `no` only about a sure subject and with a negative list to look in."""
    if not any(entry.polarity == "negative" for entry in lists):
        return Verdict("undetermined", "no lists loaded", findings)
    if subject.identity not in POSITIVE_GRADES:
        return Verdict("undetermined", f"the subject is only {subject.identity}: {subject.reason}", findings)
    return Verdict("no", None, findings)
