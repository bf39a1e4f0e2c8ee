"""Stories as rows: what extraction, cross-checking and people would have left in the database."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model

from claims import models as claims
from claims.extraction.types import Mention
from tests.benchmarks.large_store.loading import Table, moment
from tests.benchmarks.large_store.stories import FIRST_DAY, Story, Told
from verification import models as checked
from verification import ranking
from verification.comparison.view import View
from verification.matching import event_words, leads_of
from verification.selectors.keys import frequency_key

OUTLETS, PUBLISHERS = 400, 90
REVIEWER = "large-store"
VERSION = "large store"
_TRACE = [
    {
        "feature": "entities",
        "level": "equal",
        "weight": 5.0,
        "a": "",
        "b": "",
        "note": "",
        "conflict": 0.0,
        "shift": 0.0,
    },
    {
        "feature": "predicate",
        "level": "equal",
        "weight": 3.0,
        "a": "",
        "b": "",
        "note": "",
        "conflict": 0.0,
        "shift": 0.0,
    },
]


class Writer:
    """Turns stories into rows with ids that count up from 1: for an empty database only."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"{seed}:people")
        self.reviewer, _ = get_user_model().objects.get_or_create(username=REVIEWER)
        self.ids: Counter[str] = Counter()
        self.entities: dict[tuple[str, str], int] = {}
        self.frequency: Counter[str] = Counter()
        self.tables = _tables()
        for n in range(1, PUBLISHERS + 1):
            self.tables["publisher"].add(n, f"Papers {n} Ltd")
        for n in range(1, OUTLETS + 1):
            self.tables["source"].add(n, f"Outlet {n}", n % PUBLISHERS + 1 if n % 3 else None)

    def add(self, story: Story) -> None:
        """Rows of all that belongs to a story."""
        first = self.ids["claim"]
        told: dict[int, list[tuple[int, Mention, Told]]] = defaultdict(list)
        for article in story.articles:
            self._article(article, first, told)
        for number, fact in enumerate(story.facts):
            rivals = [i for i, other in enumerate(story.facts) if other.opposes == number]
            against = [fact.opposes] if fact.opposes is not None else rivals
            self._claim(first + 1 + number, told[number], against=bool(against))
            if fact.opposes is not None:
                self._comparison(
                    told[fact.opposes][0][0],
                    told[number][0][0],
                    "contradicts",
                    fact.opposes + first + 1,
                    first + 1 + number,
                )
        self.ids["claim"] += len(story.facts)

    def flush(self, *, last: bool = False) -> None:
        """Write what was added. With ``last``, how common each key is as well."""
        if last:
            for key, count in self.frequency.items():
                self.tables["frequency"].add(key, count)
        for table in self.tables.values():
            if table.rows:
                table.flush()

    def _next(self, what: str) -> int:
        self.ids[what] += 1
        return self.ids[what]

    def _article(self, told: Told, first: int, by_claim: dict[int, list[tuple[int, Mention, Told]]]) -> None:
        number, when = self._next("article"), moment(told.published)
        url = f"https://outlet-{told.outlet + 1}.example/{number}"
        digest = hashlib.sha256(url.encode()).hexdigest()
        self.tables["article"].add(number, url, told.outlet + 1, when, when)
        self.tables["revision"].add(number, number, 1, told.title, told.text, len(told.text), digest, when)
        self.tables["submission"].add(number, "text", "feed", digest, told.title, url, number, when)
        for kind, subject in (
            ("fetch", (number, None)),
            ("extract", (None, number)),
            ("crosscheck", (None, number)),
        ):
            self.tables["step"].add(kind, *subject, "done", 1, when, when, when)
        words = event_words({name for telling in told.tellings for name in telling.mention.setting})
        for word in words:
            self.tables["word"].add(number, word)
        self.frequency.update(frequency_key(word) for word in words)
        for telling in told.tellings:
            mention = self._mention(telling.mention, number, first + 1 + telling.claim)
            by_claim[telling.claim].append((mention, telling.mention, told))

    def _mention(self, m: Mention, revision: int, claim: int) -> int:
        number = self._next("mention")
        frame = m.frame
        speaker = self._entity(m.speaker, m.speaker_kind) if m.speaker else None
        self.tables["mention"].add(
            number, revision, claim, m.start, m.end, m.sentence.start, m.sentence.end, m.text, m.claim,
            m.kind.value, speaker, m.attribution.value, m.checkworthiness, frame.subject, frame.predicate,
            frame.object, json.dumps(frame.terms), json.dumps(frame.links), _day(m.as_of_first),
            _day(m.as_of_last), VERSION,
        )  # fmt: skip
        for q in m.quantities:
            self.tables["quantity"].add(
                number, q.start, q.end, q.text, q.value, q.low, q.high, q.unit, q.approximate, q.measure
            )
        for t in m.times:
            self.tables["time"].add(
                number, t.start, t.end, t.text, t.type, t.value, _day(t.first), _day(t.last)
            )
        for e in m.entities:
            self.tables["entity_mention"].add(number, self._entity(e.name, e.kind), e.start, e.end, e.text)
        return number

    def _entity(self, name: str, kind: str) -> int:
        if (name, kind) not in self.entities:
            self.entities[name, kind] = self._next("entity")
            self.tables["entity"].add(self.entities[name, kind], name, kind)
        return self.entities[name, kind]

    def _claim(self, number: int, told: list[tuple[int, Mention, Told]], *, against: bool) -> None:
        lead, when = told[0][1], moment(told[0][2].published + timedelta(hours=1))
        self.tables["claim"].add(
            number,
            lead.claim,
            lead.kind.value,
            lead.checkworthiness,
            _day(lead.as_of_first),
            _day(lead.as_of_last),
            when,
        )
        found = {str(key)[:250]: key for _, mention, _ in told for key in leads_of(View(mention))}
        for text, key in found.items():
            self.tables["key"].add(number, text, key.words[:250])
        self.frequency.update(found.keys())
        for other, _, _ in told[1:]:
            self._comparison(told[0][0], other, "same")
        voices = self._origins(number, told)
        basis = "conflicting" if against else "multi_origin" if voices > 1 else "single_origin"
        waits = ranking.day(told[0][2].published + timedelta(hours=1))
        self._standing(number, basis, when, ranking.merit(lead.checkworthiness, voices + int(against)), waits)
        explanation = {"for": [f"{voices} origins"], "against": [], "missing": "", "flip": ""}
        self.tables["assessment"].add(
            number, voices, int(against), 0.8, json.dumps(explanation), VERSION, when
        )
        self.tables["event"].add(number, "detected", None, "", "", json.dumps({"mention": told[0][0]}), when)
        self.tables["event"].add(number, "assessed", None, "unverified: none, current", basis, "{}", when)

    def _origins(self, claim: int, told: list[tuple[int, Mention, Told]]) -> int:
        """One for each speaker, and one for each publisher that speaks for itself. Returns how many."""
        roots: dict[str, list[int]] = defaultdict(list)
        for mention, m, article in told:
            publisher = article.outlet % PUBLISHERS if article.outlet % 3 else -article.outlet
            roots[m.speaker or f"Papers {publisher}"].append(mention)
        for number, (root, mentions) in enumerate(roots.items(), start=1):
            origin = self._next("origin")
            kind = (
                "independent"
                if len(mentions) == 1
                else "publisher"
                if root.startswith("Papers")
                else "speaker"
            )
            self.tables["origin"].add(origin, claim, number, kind, root, False, f"{root} says so.")
            for mention in mentions:
                self.tables["member"].add(origin, mention, kind, root)
        return len(roots)

    def _standing(self, claim: int, basis: str, when: Any, merit: float, waits: float) -> None:
        draw = self.rng.random()
        workflow = (
            "decided"
            if draw < 0.01
            else "in_review"
            if draw < 0.013
            else "queued"
            if draw < 0.03
            else "detected"
        )
        verdict = self.rng.choice(("supported", "refuted", "mixed")) if workflow == "decided" else ""
        review = workflow == "decided" and self.rng.random() < 0.1
        self.tables["standing"].add(
            claim, basis, "superseded" if draw > 0.98 else "current", verdict, workflow, review, merit, waits
        )
        if verdict:
            self.tables["verdict"].add(claim, verdict, self.reviewer.pk, when)
            self.tables["event"].add(claim, "decided", self.reviewer.pk, "in_review", "decided", "{}", when)

    def _comparison(self, one: int, other: int, relation: str, *claims: int) -> None:
        a, b = sorted((one, other))
        number = self._next("comparison")
        stance = {"same": (0.9, 0.02, 0.08), "contradicts": (0.02, 0.9, 0.08)}[relation]
        when = moment(FIRST_DAY)
        self.tables["comparison"].add(
            number,
            a,
            b,
            relation,
            0.9,
            *stance,
            json.dumps(_TRACE),
            json.dumps(["a shared name"]),
            VERSION,
            when,
        )
        if claims:
            self.tables["relation"].add(*sorted(claims), relation, 0.9, number, when)


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _tables() -> dict[str, Table]:
    return {
        "publisher": Table(claims.Publisher, "id", "name"),
        "source": Table(claims.Source, "id", "name", "publisher"),
        "article": Table(claims.Article, "id", "url", "source", "published_at", "created_at"),
        "revision": Table(
            claims.Revision, "id", "article", "number", "title", "text", "length", "sha256", "created_at"
        ),
        "submission": Table(
            claims.Submission, "id", "kind", "channel", "fingerprint", "label", "url", "revision", "created_at"
        ),
        "step": Table(
            claims.Step, "kind", "submission", "revision", "state", "attempts", "due_at", "created_at", "finished_at"
        ),
        "entity": Table(claims.Entity, "id", "name", "kind"),
        "claim": Table(
            claims.Claim, "id", "text", "kind", "checkworthiness", "as_of_first", "as_of_last", "created_at"
        ),
        "mention": Table(
            claims.Mention, "id", "revision", "claim", "start", "end", "sentence_start", "sentence_end", "text",
            "wording", "kind", "speaker", "attribution", "checkworthiness", "subject", "predicate", "object",
            "terms", "links", "as_of_first", "as_of_last", "extraction_version",
        ),
        "quantity": Table(
            claims.Quantity, "mention", "start", "end", "text", "value", "low", "high", "unit", "approximate", "measure"
        ),
        "time": Table(claims.TimeExpression, "mention", "start", "end", "text", "type", "value", "first", "last"),
        "entity_mention": Table(claims.EntityMention, "mention", "entity", "start", "end", "text"),
        "standing": Table(
            checked.Standing, "claim", "basis", "freshness", "verdict", "workflow", "needs_review",
            "merit", "waiting_day",
        ),
        "assessment": Table(
            checked.Assessment, "claim", "origins_for", "origins_against", "confidence", "explanation",
            "engine_version", "computed_at",
        ),
        "origin": Table(checked.Origin, "id", "claim", "number", "kind", "root", "against", "reason"),
        "member": Table(checked.OriginMember, "origin", "mention", "rule", "words"),
        "comparison": Table(
            checked.Comparison, "id", "a", "b", "relation", "confidence", "supports", "contradicts", "neutral",
            "trace", "reasons", "engine_version", "created_at",
        ),
        "relation": Table(checked.Relation, "a", "b", "relation", "confidence", "comparison", "updated_at"),
        "verdict": Table(checked.Verdict, "claim", "word", "reviewer", "created_at"),
        "event": Table(checked.Event, "claim", "kind", "actor", "before", "after", "evidence", "created_at"),
        "word": Table(checked.ArticleWord, "article", "word"),
        "key": Table(checked.BlockingKey, "claim", "key", "words"),
        "frequency": Table(checked.KeyFrequency, "key", "claims"),
    }  # fmt: skip
