"""Addresses of what ``verification`` serves, under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from verification.api.atom import AtomViewSet
from verification.api.checking import CheckViewSet
from verification.api.views import ClaimViewSet, EventViewSet, RelationViewSet

router = SimpleRouter()
router.register("claims/atom", AtomViewSet, basename="claim-atom")
router.register("claims", ClaimViewSet, basename="claim")
router.register("relations", RelationViewSet, basename="relation")
router.register("events", EventViewSet, basename="event")
router.register("check", CheckViewSet, basename="check")
urlpatterns = router.urls
