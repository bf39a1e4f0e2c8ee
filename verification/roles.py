"""The three roles, each a group: what a migration ships and what a house may change afterwards.

A reviewer decides, a lead also publishes and tidies up after others, an auditor reads all and changes
nothing. What each may do is a list of permissions; everything checks permissions, nothing a group's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

READ = (
    *(
        f"claims.view_{model}"
        for model in ("article", "claim", "entity", "mention", "publisher", "revision", "source")
    ),
    *(
        f"verification.view_{model}"
        for model in ("assessment", "event", "judgement", "origin", "originoverride", "relation")
    ),
    *(f"verification.view_{model}" for model in ("standing", "verdict", "waiting")),
)
REVIEW = (
    *READ,
    "claims.add_job",
    "claims.view_job",
    "verification.add_judgement",
    "verification.add_lease",
    "verification.add_originoverride",
    "verification.add_savedfilter",
    "verification.add_verdict",
    "verification.change_standing",
)
OVERSEE = (
    "claims.view_delivery",
    "claims.view_feed",
    "claims.view_job",
    "claims.view_step",
    "claims.view_submission",
    "claims.view_webhook",
    "verification.view_agreement",
    "verification.view_importedreview",
    "verification.view_shelflife",
)
ROLES: Mapping[str, tuple[str, ...]] = {
    "auditor": (*READ, *OVERSEE),
    "reviewer": REVIEW,
    "lead": (
        *REVIEW,
        *OVERSEE,
        "claims.add_feed",
        "claims.add_submission",
        "claims.change_feed",
        "claims.change_step",
        "claims.delete_article",
        "verification.add_importedreview",
        "verification.add_shelflife",
        "verification.change_shelflife",
        "verification.delete_shelflife",
        "verification.publish_standing",
        "verification.release_lease",
    ),
}
#: permissions that Django does not name by itself
_NAMES = {
    "verification.publish_standing": "Can publish and retract a decided claim",
    "verification.release_lease": "Can release what another person holds",
    "verification.view_agreement": "Can view how often reviewers agree",
    "verification.view_waiting": "Can view waiting claim",
}
#: where a permission of its own hangs, if its last word is not the model's
_MODELS = {"agreement": "verdict"}


def grant(apps: Any, roles: Mapping[str, Iterable[str]]) -> None:
    """Give each group these permissions more, making what is missing: for migrations, which run before
    Django makes its permissions. ``apps`` is the registry; permissions are ``app.action_model``.
    """
    group_model = apps.get_model("auth", "Group")
    for role, names in roles.items():
        group, _ = group_model.objects.get_or_create(name=role)
        group.permissions.add(*(_permission(apps, name) for name in names))


def _permission(apps: Any, name: str) -> Any:
    app, codename = name.split(".")
    action, model = codename.split("_", 1)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=_MODELS.get(model, model)
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": _NAMES.get(name, f"Can {action} {model}")},
    )
    return permission
