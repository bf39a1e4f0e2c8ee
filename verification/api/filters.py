"""What the lists of claims, relations and events can be filtered by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from claims.api.pagination import ID
from claims.api.parameters import Day, Flag, Id, Moment, Number, named, since, until, words
from claims.extraction.types import Kind
from claims.models import Claim
from verification.comparison.types import Relation as RelationWord
from verification.foreign import Bearing
from verification.models import Event, ImportedReview, Relation, Verdict
from verification.models.words import Basis, EventKind, Freshness, Status, VerdictWord, Workflow
from verification.selectors.listing import (
    MOST_FOUND,
    standing_in_each,
    standing_in_order,
    with_origins_of,
    worth_checking,
)
from verification.selectors.searching import Place, holding_on, made_at, with_words

_OF_A_MENTION = (
    "entity",
    "source",
    "speaker",
    "published_after",
    "published_before",
    "unit",
    "value_min",
    "value_max",
)
#: of a standing, what an index has together with the claim
IN_ORDER = frozenset({"status", "verdict"})
_BY_MENTION = "Filters on entity, source, speaker, publication and number hold of one and the same mention."


class ClaimFilters(filters.FilterSet):
    status = words(
        "status", [*Status.values, *VerdictWord.values], "The word that stands for all axes", "standing_so"
    )
    basis = words("basis", Basis.values, "What the machine found to stand behind it", "standing_so")
    freshness = words("freshness", Freshness.values, "Whether it still is the latest value", "standing_so")
    verdict = words("verdict", VerdictWord.values, "What a person decided", "standing_so")
    workflow = words("workflow", Workflow.values, "Where it is in review", "standing_so")
    outdated = Flag(method="superseded", help_text="Whether a newer value has superseded it.")
    needs_review = Flag(method="moved", help_text="Whether its ground moved after a verdict.")
    kind = words("kind", [kind.value for kind in Kind], "What sort of proposition it is")
    checkworthiness_min = Number(method="worth", help_text="At least so worth checking, 0 to 1.")
    as_of = Day(method="on", help_text="Said to hold on this day, such as 2025-02-18.")
    q = filters.CharFilter(
        method="saying",
        max_length=200,
        help_text="Words that its text holds, in whatever form; in double quotes, words that follow one another. "
        f"In another order than that of ids, the newest {MOST_FOUND} that hold them are ordered.",
    )
    entity = named("", "A person, body or place that a mention of it names")
    source = named("", "Who publishes a mention of it")
    speaker = named("", "Who says it in a mention of it")
    published_after = since("")
    published_before = until("")
    unit = named("", "The unit of a quantity in a mention of it (USD, %, people)")
    value_min = Number(help_text="A quantity in a mention of it reaches this number or a greater one.")
    value_max = Number(help_text="A quantity in a mention of it reaches this number or a smaller one.")

    class Meta:
        model = Claim
        fields: list[str] = []

    def on(self, claims: QuerySet[Claim], name: str, day: object) -> QuerySet[Claim]:
        return holding_on(claims, day)  # type: ignore[arg-type]

    def standing_so(self, claims: QuerySet[Claim], name: str, values: list[str]) -> QuerySet[Claim]:
        return self._standing_in(claims, name, values)

    def superseded(self, claims: QuerySet[Claim], name: str, value: bool) -> QuerySet[Claim]:
        words = [f.value for f in Freshness if (f is Freshness.SUPERSEDED) is value]
        return self._standing_in(claims, "freshness", words)

    def moved(self, claims: QuerySet[Claim], name: str, value: bool) -> QuerySet[Claim]:
        return self._standing_in(claims, "needs_review", [value])

    def _standing_in(self, claims: QuerySet[Claim], field: str, values: Sequence[Any]) -> QuerySet[Claim]:
        """Remembered, to be looked for together."""
        self._standings.append((field, values))
        return claims

    def worth(self, claims: QuerySet[Claim], name: str, least: float) -> QuerySet[Claim]:
        return worth_checking(claims, least, in_its_order=self.ordering == "checkworthiness")

    def saying(self, claims: QuerySet[Claim], name: str, text: str) -> QuerySet[Claim]:
        return with_words(claims, text, newest=None if self.ordering == ID else MOST_FOUND)

    @property
    def ordering(self) -> str:
        """What the list is ordered by, without its direction."""
        return (self.data.get("ordering") or ID).lstrip("-")

    @classmethod
    def alone(cls, asked: Mapping[str, str]) -> str | None:
        """What is looked for in the order of ids, if it is one status or verdict and nothing else."""
        given = cls.base_filters.keys() & asked.keys()
        in_order = asked.get("ordering", ID).lstrip("-") == ID
        (name,) = given if len(given) == 1 else ("",)
        return name if in_order and name in IN_ORDER and "," not in asked[name] else None

    def filter_queryset(self, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """Those of a mention together, each other filter by itself."""
        given = self.form.cleaned_data
        name = self.alone(self.data)
        if name is not None:
            return standing_in_order(queryset, name, given[name][0])
        if given["status"] and self.ordering == "origins_for":
            queryset = with_origins_of(queryset, given["status"])
        self._standings: list[tuple[str, Sequence[Any]]] = []
        place = Place(**{name: given[name] if given[name] != "" else None for name in _OF_A_MENTION})
        for name, value in given.items():
            if name not in _OF_A_MENTION:
                queryset = self.filters[name].filter(queryset, value)
        if self._standings:
            queryset = standing_in_each(queryset, self._standings)
        return made_at(queryset, place)


class RelationFilters(filters.FilterSet):
    claim = Id(method="of", help_text="The id of a claim on either side.")
    relation = words(
        "relation",
        [w.value for w in RelationWord if w is not RelationWord.UNRELATED],
        "How the two claims stand",
    )
    confidence_min = Number(field_name="confidence", lookup_expr="gte", help_text="At least so sure, 0 to 1.")

    class Meta:
        model = Relation
        fields: list[str] = []

    def of(self, relations: QuerySet[Relation], name: str, claim_id: int) -> QuerySet[Relation]:
        return relations.filter(Q(a=claim_id) | Q(b=claim_id))


class VerdictFilters(filters.FilterSet):
    claim = Id(field_name="claim", help_text="The claim's id.")
    verdict = words("word", VerdictWord.values, "What was decided")
    reviewer = filters.CharFilter(
        field_name="reviewer__username", max_length=150, help_text="Who gave it: the account's name."
    )
    since = Moment(field_name="created_at", lookup_expr="gte", help_text="Given then or later.")

    class Meta:
        model = Verdict
        fields: list[str] = []


class EventFilters(filters.FilterSet):
    claim = Id(field_name="claim", help_text="The claim's id.")
    kind = words("kind", EventKind.values, "What happened")
    since = Moment(field_name="created_at", lookup_expr="gte", help_text="Happened then or later.")

    class Meta:
        model = Event
        fields: list[str] = []


class ImportFilters(filters.FilterSet):
    publisher = named("source__name", "Who publishes it")
    bearing = words("bearing", [b.value for b in Bearing], "What it says of the claim")

    class Meta:
        model = ImportedReview
        fields: list[str] = []
