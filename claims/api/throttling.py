"""How much one client may ask: counted by key, by account, or for the unknown by address."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from claims.models import ApiKey

log = structlog.get_logger(__name__)


class ClientThrottle(SimpleRateThrottle):
    """So many requests in so much time for each client, as the settings say.

    Where the cache that counts does not answer, nobody is turned away: the API does not depend on it.
    """

    cache_format = "throttle:%(ident)s"

    def get_rate(self) -> str:
        return str(settings.API_RATE)

    def allow_request(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            self.num_requests, self.duration = self.parse_rate(settings.API_ANONYMOUS_RATE)
        try:
            return super().allow_request(request, view)
        except RedisError as error:
            log.warning("throttle.cache_does_not_answer", error=str(error))
            return True

    def get_cache_key(self, request: Request, view: Any) -> str:
        if isinstance(request.auth, ApiKey):
            ident = f"key:{request.auth.pk}"
        elif request.user.is_authenticated:
            ident = f"user:{request.user.pk}"
        else:
            ident = f"address:{self.get_ident(request)}"
        return self.cache_format % {"ident": ident}
