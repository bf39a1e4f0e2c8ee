"""Addresses of what ``claims`` serves, under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from claims.api.submissions import SubmissionViewSet
from claims.api.views import ArticleViewSet, MentionViewSet, RevisionViewSet, SourceViewSet

router = SimpleRouter()
router.register("submissions", SubmissionViewSet, basename="submission")
router.register("sources", SourceViewSet, basename="source")
router.register("articles", ArticleViewSet, basename="article")
router.register("revisions", RevisionViewSet, basename="revision")
router.register("mentions", MentionViewSet, basename="mention")
urlpatterns = router.urls
