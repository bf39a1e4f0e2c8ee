"""Descriptions and examples of the OpenAPI document that are too long to stand beside the code."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse

EVENTS = """What happened to claims, in the order in which it was committed, for clients that keep up with changes:
remember `last` and ask again with `after` set to it, a minute or a year later. No event is left out and none comes
twice, whatever is written meanwhile: positions are given out in one order, only to what is committed."""

MERGED = OpenApiResponse(
    response={
        "type": "object",
        "required": ["merged_into"],
        "properties": {"merged_into": {"type": "integer", "description": "the claim's id"}},
    },
    description="Merged into another claim, whose address is in Location. It can be undone: do not cache.",
)

_ARTICLE = {
    "id": 5,
    "url": "https://harbour-post.example/news/cargo-falls",
    "source": "Harbour Post",
    "published": "2025-02-18T09:30:00Z",
}
_MENTION: dict[str, Any] = {
    "id": 31,
    "claim": 12,
    "start": 0,
    "end": 62,
    "sentence_start": 0,
    "sentence_end": 88,
    "text": "The harbour of Port Ellery lost 12 percent of its cargo in May",
    "wording": "The harbour of Port Ellery lost 12 percent of its cargo in May 2024.",
    "kind": "quantity",
    "speaker": {"name": "Port authority of Port Ellery", "kind": "organisation"},
    "attribution": "reported",
    "hedged": False,
    "negated": False,
    "checkworthiness": 0.81,
    "as_of_first": "2024-05-01",
    "as_of_last": "2024-05-31",
    "quantities": [
        {
            "start": 32,
            "end": 42,
            "text": "12 percent",
            "value": 12.0,
            "low": 12.0,
            "high": 12.0,
            "unit": "%",
            "approximate": False,
            "change": "down",
            "measure": "cargo",
        }
    ],
    "times": [
        {
            "start": 59,
            "end": 62,
            "text": "May",
            "type": "DATE",
            "value": "2024-05",
            "first": "2024-05-01",
            "last": "2024-05-31",
        }
    ],
    "entities": [{"start": 15, "end": 26, "text": "Port Ellery", "name": "Port Ellery", "kind": "place"}],
    "sentence": "The harbour of Port Ellery lost 12 percent of its cargo in May, the port authority said.",
    "article": _ARTICLE,
    "revision": 1,
    "current": True,
}
CLAIM_EXAMPLE = OpenApiExample(
    "A claim of one origin",
    response_only=True,
    status_codes=["200"],
    value={
        "id": 12,
        "text": _MENTION["wording"],
        "status": "unverified",
        "outdated": False,
        "needs_review": False,
        "basis": "single_origin",
        "verdict": None,
        "workflow": "detected",
        "freshness": "current",
        "version": 2,
        "confidence": 1.0,
        "origins_for": 1,
        "origins_against": 0,
        "mention_count": 1,
        "kind": "quantity",
        "checkworthiness": 0.81,
        "as_of_first": "2024-05-01",
        "as_of_last": "2024-05-31",
        "created": "2025-02-18T10:00:02Z",
        "explanation": {
            "for": ["Harbour Post reports what the port authority of Port Ellery said."],
            "against": [],
            "newer": [],
            "older": [],
            "missing": "a second origin that does not depend on the first",
            "flip": "one more independent origin would corroborate it; one against would make it disputed",
        },
        "engine": "assessment 1, comparison 1, origins 1",
        "origins": [
            {
                "number": 1,
                "kind": "speaker",
                "root": "Port authority of Port Ellery",
                "against": False,
                "reason": "Harbour Post reports what the port authority of Port Ellery said.",
                "members": [
                    {
                        "mention": 31,
                        "text": _MENTION["text"],
                        "speaker": "Port authority of Port Ellery",
                        "attribution": "reported",
                        "article": _ARTICLE,
                        "parent": None,
                        "rule": "speaker",
                        "words": "the port authority said",
                    }
                ],
            }
        ],
        "mentions": [_MENTION],
        "relations": [
            {
                "id": 3,
                "relation": "updates",
                "confidence": 0.86,
                "newer": "this",
                "claim": {
                    "id": 8,
                    "text": "The harbour of Port Ellery lost 9 percent of its cargo in April 2024.",
                    "status": "unverified",
                    "outdated": True,
                },
            }
        ],
        "verdicts": [],
        "events": [
            {
                "id": 40,
                "position": 40,
                "claim": 12,
                "kind": "assessed",
                "actor": None,
                "from_status": "unverified",
                "to_status": "unverified",
                "before": "unverified: none, current",
                "after": "unverified: single_origin, current",
                "reason": "1 independent origins for, 0 against",
                "evidence": {"for": 1, "against": 0},
                "created": "2025-02-18T10:00:02Z",
            }
        ],
    },
)
CHECK_EXAMPLE = OpenApiExample(
    "A draft",
    request_only=True,
    value={
        "text": "The harbour of Port Ellery lost 20 percent of its cargo in May 2024.",
        "published": "2025-02-20T09:30:00Z",
    },
)
CHECKED_EXAMPLE = OpenApiExample(
    "It contradicts a known claim",
    response_only=True,
    status_codes=["200"],
    value={
        "claims": [
            {
                "start": 0,
                "end": 67,
                "text": "The harbour of Port Ellery lost 20 percent of its cargo in May 2024",
                "wording": "The harbour of Port Ellery lost 20 percent of its cargo in May 2024.",
                "kind": "quantity",
                "speaker": None,
                "attribution": "asserted",
                "checkworthiness": 0.84,
                "matches": [
                    {
                        "claim": {
                            "id": 12,
                            "text": _MENTION["wording"],
                            "status": "corroborated",
                            "outdated": False,
                            "needs_review": False,
                            "basis": "multi_origin",
                            "verdict": None,
                            "origins": {
                                "for": [
                                    "Harbour Post reports what the port authority of Port Ellery said.",
                                    "Ellery Shipping Gazette says so on its own account.",
                                ],
                                "against": [],
                            },
                        },
                        "relation": "contradicts",
                        "confidence": 0.97,
                        "newer": None,
                        "mention": 31,
                        "words": _MENTION["text"],
                        "reasons": ["Port Ellery + %"],
                        "trace": [
                            {
                                "feature": "quantity",
                                "level": "disjoint",
                                "weight": 1.2,
                                "conflict": 5.0,
                                "shift": 0.0,
                                "a": "20 percent",
                                "b": "12 percent",
                                "note": "The figures cannot both be so.",
                            }
                        ],
                    }
                ],
            }
        ]
    },
)
