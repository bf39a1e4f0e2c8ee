"""Handing articles in and watching how far they have come."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ReadOnlyResource
from claims.api.batches import ResultSerializer, answer, take_each
from claims.api.documentation import SUBMIT
from claims.api.filters import SubmissionFilters
from claims.api.handing_in import LARGEST_BATCH, SubmissionSerializer, hand_in
from claims.api.idempotency import idempotent
from claims.api.problems import REMEDIES, Fault, Invalid
from claims.models import Submission
from claims.models.keys import Scope
from claims.selectors.submissions import found, with_progress


class SubmittedSerializer(ResultSerializer):
    """What came of one article of a batch: 202, 200, 400 or 413."""

    submission = SubmissionSerializer(allow_null=True)


class BatchSerializer(serializers.Serializer[Any]):
    results = SubmittedSerializer(many=True, help_text="in the order in which the articles were sent")


@extend_schema_view(
    list=extend_schema(summary="List submissions", description="What was handed in, newest first."),
    retrieve=extend_schema(summary="Watch a submission"),
    create=SUBMIT(SubmissionSerializer, BatchSerializer),
)
class SubmissionViewSet(ReadOnlyResource):
    queryset = with_progress(Submission.objects.all())
    serializer_class = SubmissionSerializer
    filterset_class = SubmissionFilters
    scopes = {"POST": Scope.SUBMIT}
    public = False
    problems = {"create": (422,)}

    @idempotent
    def create(self, request: Request) -> Response:
        assert request.user.is_authenticated
        if isinstance(request.data, list):
            return self._create_batch(request.data, request.user)
        submission_id, new = hand_in(request.data, request.user)
        submission = found([submission_id])[submission_id]
        where = request.build_absolute_uri(reverse("submission-detail", args=[submission_id]))
        return Response(
            self.get_serializer(submission).data, status=_status(new), headers={"Location": where}
        )

    def _create_batch(self, articles: list[Any], by: User) -> Response:
        """Each by itself: what is wrong with one does not keep the others out."""
        _check_size(articles)
        outcomes = take_each(articles, lambda article: _taken(article, by))
        rows = found(outcome.became for outcome in outcomes if outcome.became is not None)
        return answer(
            outcomes,
            BatchSerializer,
            lambda submission_id: {"submission": rows.get(submission_id)},
            done=status.HTTP_202_ACCEPTED,
        )


def _taken(article: Any, by: User) -> tuple[int, int]:
    submission_id, new = hand_in(article, by)
    return _status(new), submission_id


def _status(new: bool) -> int:
    return status.HTTP_202_ACCEPTED if new else status.HTTP_200_OK


def _check_size(articles: list[Any]) -> None:
    if not articles:
        raise Invalid(Fault("body", "", "empty", "the list is empty", None, REMEDIES["empty"]))
    if len(articles) > LARGEST_BATCH:
        message = f"the list has {len(articles)} articles, more than {LARGEST_BATCH}"
        raise Invalid(Fault("body", "", "too_many", message, None, REMEDIES["too_many"]))
