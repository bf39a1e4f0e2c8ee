"""Others' fact checks: taken in as evidence from their publishers, and read with their own labels."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ReadOnlyResource
from claims.api.batches import ResultSerializer, answer, take_each
from claims.api.idempotency import IDEMPOTENCY_KEY, idempotent
from claims.api.problems import Fault, Invalid
from claims.api.sent import Sent, TextField, read
from claims.models.keys import Scope
from verification.api.filters import ImportFilters
from verification.foreign import Bearing, NoReview, find_reviews, read_page, read_review
from verification.models import ImportedReview
from verification.services.importing import import_review

LARGEST_BATCH = 100
_IMPORT = f"""Take in others' ClaimReviews: `jsonld` is JSON-LD, one alone, a list, a graph, or a `DataFeed`; `html` is
a page with JSON-LD in it. At most {LARGEST_BATCH} reviews a request (`manage.py import_reviews` takes whole dumps).
Each becomes evidence from its publisher, with its own label kept, and is cross-checked like an article. The same
address with the same claim is the same review.

- **200**: all are taken in; each result says whether it is new (201) or was known (200).
- **207**: some were refused; each result has the status that it would have had alone.
- **422**: all were refused, and `errors` names the number of each, as in `jsonld.0`; or there was none.
"""
_EXAMPLE = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checkers.example/port-ellery-cargo",
    "claimReviewed": "The harbour of Port Ellery handled 4.2 million tonnes of cargo in 2024.",
    "datePublished": "2025-02-20",
    "author": {"@type": "Organization", "name": "The Checkers"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Mara Quist"}},
    "reviewRating": {"@type": "Rating", "alternateName": "Mostly true"},
}


class ImportedReviewSerializer(serializers.ModelSerializer[ImportedReview]):
    """A fact check of another publisher."""

    publisher = serializers.CharField(source="source.name", help_text="who publishes it")
    claim = serializers.CharField(source="claim_text", help_text="the claim as they word it")
    claimant = serializers.CharField(help_text="who they say makes it; empty if they do not")
    label = serializers.CharField(  # type: ignore[assignment] # a field of that name
        help_text="their verdict in their own words"
    )
    bearing = serializers.ChoiceField(
        choices=[b.value for b in Bearing], help_text="what that says of the claim, where it is plain"
    )
    article = serializers.IntegerField(
        source="revision.article_id", default=None, allow_null=True, help_text="the article that it became"
    )
    created = serializers.DateTimeField(source="created_at")

    class Meta:
        model = ImportedReview
        fields = [
            "id", "url", "publisher", "claim", "claimant", "label", "bearing", "reviewed_on", "claimed_on",
            "language", "article", "created",
        ]  # fmt: skip


class ToImportSerializer(Sent):
    """ClaimReviews as they were published: `jsonld` or `html`."""

    rules = {"minProperties": 1, "maxProperties": 1}  # one or the other

    jsonld = serializers.JSONField(
        allow_null=True,  # which holds no review, as a number or a word does not
        required=False,
        help_text="a ClaimReview, a list or graph of them, a DataFeed",
    )
    html = TextField(
        required=False, trim_whitespace=False, max_length=2_000_000, help_text="a page with JSON-LD in it"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = super().validate(attrs)
        if ("jsonld" in given) == ("html" in given):
            raise serializers.ValidationError("give either jsonld or html", code="not_one_document")
        return given


class ImportedSerializer(ResultSerializer):
    """What came of one ClaimReview: 201 new, 200 known, 422 refused."""

    review = ImportedReviewSerializer(allow_null=True)


class ImportsSerializer(serializers.Serializer[Any]):
    results = ImportedSerializer(many=True, help_text="in the order of the document")


@extend_schema_view(
    list=extend_schema(summary="List imported reviews", description="Others' fact checks, newest first."),
    retrieve=extend_schema(summary="Read an imported review"),
)
class ImportViewSet(ReadOnlyResource):
    queryset = ImportedReview.objects.select_related("source", "revision").defer("raw", "revision__text")
    serializer_class = ImportedReviewSerializer
    filterset_class = ImportFilters
    scopes = {"POST": Scope.SUBMIT}
    public = False
    problems = {"create": (422,)}

    @extend_schema(
        summary="Import ClaimReviews",
        description=_IMPORT,
        parameters=[IDEMPOTENCY_KEY],
        request=ToImportSerializer,
        responses={
            200: OpenApiResponse(ImportsSerializer, "All are taken in."),
            207: OpenApiResponse(ImportsSerializer, "Some were refused."),
        },
        examples=[OpenApiExample("One review", value={"jsonld": _EXAMPLE}, request_only=True)],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        sent = read(ToImportSerializer, request.data)
        found = list(read_page(sent["html"]) if "html" in sent else find_reviews(sent["jsonld"]))
        field = "html" if "html" in sent else "jsonld"
        if not found:
            message = "there is no ClaimReview in it"
            remedy = "Send JSON-LD with an object of the @type ClaimReview."
            raise Invalid(Fault("body", field, "no_review", message, None, remedy), status=422)
        if len(found) > LARGEST_BATCH:
            message = f"it holds {len(found)} reviews, more than {LARGEST_BATCH}"
            raise Invalid(
                Fault(
                    "body", field, "too_many", message, None, "Divide it, or use manage.py import_reviews."
                ),
                status=422,
            )
        outcomes = take_each(found, _taken)
        return answer(
            outcomes, ImportsSerializer, lambda row: {"review": row}, done=status.HTTP_200_OK, place=field
        )


def _taken(raw: dict[str, Any]) -> tuple[int, ImportedReview]:
    try:
        row, new = import_review(read_review(raw))
    except NoReview as error:
        fault = Fault("body", "", "no_review", str(error), None, "Put it right as the message says.")
        raise Invalid(fault, status=422) from None
    return (status.HTTP_201_CREATED if new else status.HTTP_200_OK), row
