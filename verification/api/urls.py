"""Addresses of what ``verification`` serves, under ``/api/v1/``."""

from django.urls import re_path
from rest_framework.routers import SimpleRouter

from claims.api.base import ROW_ID
from verification.api.atom import AtomViewSet
from verification.api.checking import CheckViewSet
from verification.api.claimreviews import ClaimReviewViewSet
from verification.api.imports import ImportViewSet
from verification.api.leasing import ClaimLeaseViewSet, NextViewSet
from verification.api.reviewing import (
    ClaimMoveViewSet,
    ClaimVerdictViewSet,
    VerdictUndoViewSet,
    VerdictViewSet,
)
from verification.api.searching import ClaimSearchViewSet
from verification.api.views import ClaimViewSet, EventViewSet, RelationViewSet
from verification.api.webhooks import (
    DeliveryViewSet,
    ReplayViewSet,
    WebhookRotationViewSet,
    WebhookViewSet,
)

router = SimpleRouter()
router.register("claims/atom", AtomViewSet, basename="claim-atom")
router.register("claims/search", ClaimSearchViewSet, basename="claim-search")
router.register("claimreviews", ClaimReviewViewSet, basename="claimreview")
router.register("claims", ClaimViewSet, basename="claim")
router.register("relations", RelationViewSet, basename="relation")
router.register("verdicts", VerdictViewSet, basename="verdict")
router.register("events", EventViewSet, basename="event")
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("deliveries", DeliveryViewSet, basename="delivery")
router.register("imports", ImportViewSet, basename="import")
router.register("leases", NextViewSet, basename="lease")
router.register("check", CheckViewSet, basename="check")
ROW = f"(?P<pk>{ROW_ID})"
OF_CLAIM = f"claims/(?P<id>{ROW_ID})"
urlpatterns = [
    *router.urls,
    re_path(
        f"^{OF_CLAIM}/verdicts/$", ClaimVerdictViewSet.as_view({"post": "create"}), name="claim-verdicts"
    ),
    re_path(
        f"^{OF_CLAIM}/verdicts/undo/$", VerdictUndoViewSet.as_view({"post": "create"}), name="claim-undo"
    ),
    re_path(
        f"^{OF_CLAIM}/lease/$",
        ClaimLeaseViewSet.as_view({"post": "create", "delete": "destroy"}),
        name="claim-lease",
    ),
    re_path(f"^{OF_CLAIM}/moves/$", ClaimMoveViewSet.as_view({"post": "create"}), name="claim-moves"),
    re_path(
        f"^webhooks/{ROW}/rotate/$", WebhookRotationViewSet.as_view({"post": "create"}), name="webhook-rotate"
    ),
    re_path(f"^deliveries/{ROW}/replay/$", ReplayViewSet.as_view({"post": "create"}), name="delivery-replay"),
]
