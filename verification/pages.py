"""The public page of a published claim: cacheable, without cookies, readable without a script."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from claims.admin.base import outside
from verification.addresses import publisher, verdict_url
from verification.claimreview import claim_review, claimant, claimed_on, rating
from verification.models.words import VerdictWord
from verification.selectors.published import PublicDossier, heir_of, public_dossier

#: seconds that a page may be kept before it is asked for again, with its tag
FRESH = 300
#: what a data block may not hold as it is, so that it ends where we end it
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@require_safe
def public_claim(request: HttpRequest, claim_id: int) -> HttpResponseBase:
    """The page; 404 for what is not published. A merged claim leads to the one that it is part of."""
    if not settings.PUBLIC_PAGES:
        raise Http404
    found = public_dossier(claim_id)
    if found is None:
        return _to_heir(claim_id)
    response = render(request, "public/claim.html", _context(request, found))
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Last-Modified"] = http_date(found.published.changed.timestamp())
    patch_cache_control(response, public=True, max_age=FRESH)
    # Only the tag decides: evidence comes in after a verdict was published.
    return get_conditional_response(request, response["ETag"], None, response) or response


def _to_heir(claim_id: int) -> HttpResponse:
    heir = heir_of(claim_id)
    if heir is None or public_dossier(heir) is None:
        raise Http404
    response = HttpResponseRedirect(reverse("public-claim", args=[heir]))
    patch_cache_control(response, public=True, max_age=FRESH)  # a merge can be undone
    return response


def _context(request: HttpRequest, found: PublicDossier) -> dict[str, Any]:
    published = found.published
    url = verdict_url(request, published.claim.pk)
    review = claim_review(published, url=url, publisher=publisher(request))
    word = VerdictWord(published.verdict.word)
    return {
        "dossier": found,
        "claim": published.claim,
        "published": published,
        "word": word,
        "value": rating(word).get("ratingValue"),
        "steps": range(1, 6),
        "claimant": claimant(published.appearances)[1],
        "claimed_on": claimed_on(published.appearances),
        "evidence": [outside(str(line)) for line in published.verdict.evidence if outside(str(line))],
        "speaks_for": [origin for origin in found.origins if not origin.against],
        "against": [origin for origin in found.origins if origin.against],
        "publisher": settings.PUBLISHER_NAME,
        "url": url,
        "json_ld": _data_block(review),
    }


def _data_block(data: dict[str, Any]) -> SafeString:
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - nothing can end it
