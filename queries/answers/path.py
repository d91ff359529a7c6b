"""`path`: how two subjects are connected, by the shortest paths that hold on the day."""

from dataclasses import dataclass, field

from graph_model.claims import POSITIVE_GRADES
from graph_model.stores.graph import Reader
from queries.answers.answer import Asked, Path, PathAnswer, PathQuestion, Subject, Timing, Verdict
from queries.answers.coverage import covered
from queries.answers.evidence import RawRows
from queries.answers.linked import SEARCH_SHARE, checked_bounds
from queries.answers.subject import find_subject, grade
from queries.answers.trails import Composer
from queries.clocks import read_clocks
from queries.folding import checked_identity
from queries.inquiry import Inquiry, Watch
from queries.network import Network, any_unsure
from queries.search import Search, Trail


def path(
    reader: Reader, a: str, b: str, *, anchor_a: str | None = None, anchor_b: str | None = None, at: str | None = None,
    known_at: str | None = None, rules_at: str | None = None, max_hops: int = 6, identity: str = "probable", limit: int = 5,
    seconds: float = 10.0, raw: RawRows | None = None,
) -> PathAnswer:  # fmt: skip
    """Up to `limit` shortest paths between two subjects, each given by id, number or name."""
    checked_bounds(max_hops, limit, seconds)
    watch = Watch(reader)
    clocks = read_clocks(watch, at=at, known_at=known_at, rules_at=rules_at)
    question = PathQuestion(
        "path", Asked(a, anchor_a), Asked(b, anchor_b), clocks.valid_at, clocks.known_at, clocks.rules_at, max_hops,
        grade(checked_identity(identity)), limit, float(seconds),
    )  # fmt: skip
    network = Network(Inquiry(watch, clocks), identity)
    return _Between(question, network, Composer(network, raw)).answer()


@dataclass(slots=True)
class _Between:
    question: PathQuestion
    network: Network
    composer: Composer
    hops: int = 0
    nodes: int = 0
    complete: bool = True
    cut: list[str] = field(default_factory=list)

    def answer(self) -> PathAnswer:
        watch, clocks, question = self.network.inquiry.watch, self.network.inquiry.clocks, self.question
        (a, folds_a), (b, folds_b) = (
            find_subject(self.network, s.text, s.anchor) for s in (question.a, question.b)
        )
        trails, sure = self._trails(a, b)
        paths = tuple(self.composer.path(trail, sure=sure) for trail in trails[: question.limit])
        for one in (*folds_a.values(), *folds_b.values()):
            self.composer.same(one.way)
        claims = {c for p in paths for s in p.steps for c in s.evidence}
        evidence = self.composer.evidence(claims | {c for f in (*a.same_as, *b.same_as) for c in f.claims})
        hubs = tuple(self.composer.hubs[node] for node in sorted(self.composer.hubs))
        coverage = covered(
            self.network, (), hops=self.hops, cut=self.cut, seconds=question.budget_seconds, exhausted=not self.complete,
            hubs=hubs, nodes=self.nodes, candidates=len(self.network.candidates), asks_lists=False,
        )  # fmt: skip
        verdict = self._verdict(a, b, paths, sure)
        return PathAnswer(
            question,
            a,
            b,
            clocks,
            verdict,
            paths,
            coverage,
            evidence,
            Timing(round(watch.elapsed, 4), watch.queries),
        )

    def _trails(self, a: Subject, b: Subject) -> tuple[list[Trail], bool]:
        """The best trails, over sure steps where there are any; whether they are."""
        if a.id is None or b.id is None:
            return [], True
        self.network.inquiry.watch.limit(self.question.budget_seconds * SEARCH_SHARE)
        found, sure = self._pass(a.id, b.id, sure=True), True
        if not found and self.complete and any_unsure(self.network, tuple(self.network.crossings)):
            found, sure = self._pass(a.id, b.id, sure=False), False
        self.network.inquiry.watch.limit(None)
        if len(found) > self.question.limit:
            self.cut.append(
                f"there are more than {self.question.limit} paths of {found[0].hops} hops; the first in the declared order are told"
            )
        return found, sure

    def _pass(self, start: str, end: str, *, sure: bool) -> list[Trail]:
        search = Search(self.network, start, sure, keep=self.question.limit + 1)
        self.hops, self.nodes, self.complete = 0, 0, True
        for level in search.levels(self.question.max_hops):
            self.nodes += len(level.trails)
            self.complete = level.complete
            self.hops = level.hops if level.complete else self.hops
            if end in level.trails or not level.complete:
                self.cut += search.cut
                return level.trails.get(end, [])
        self.hops = self.question.max_hops
        return []

    def _verdict(self, a: Subject, b: Subject, paths: tuple[Path, ...], sure: bool) -> Verdict:
        for subject in (a, b):
            if subject.id is None:
                return Verdict("undetermined", subject.reason, ())
        weak = next((s for s in (a, b) if s.identity not in POSITIVE_GRADES), None)
        if weak is not None:
            return Verdict("undetermined", f"{weak.asked.text} is only {weak.identity}: {weak.reason}", ())
        if paths:
            return (
                Verdict("yes", None, ())
                if sure
                else Verdict("undetermined", "the paths rest on unsure steps", ())
            )
        if self.cut or self.network.capped:
            return Verdict(
                "undetermined", "no path was found, but the search is not complete: see coverage", ()
            )
        return Verdict("no", None, ())
