"""The groups reviewer, lead and auditor, as they first were; later migrations grant more."""

from django.db import migrations

from verification import roles

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
    "verification.add_judgement",
    "verification.add_lease",
    "verification.add_originoverride",
    "verification.add_savedfilter",
    "verification.add_verdict",
    "verification.change_standing",
)
OVERSEE = ("claims.view_step", "claims.view_submission", "verification.view_agreement")
FIRST = {
    "auditor": (*READ, *OVERSEE),
    "reviewer": REVIEW,
    "lead": (
        *REVIEW,
        *OVERSEE,
        "claims.add_submission",
        "claims.change_step",
        "claims.delete_article",
        "verification.publish_standing",
        "verification.release_lease",
    ),
}


def ship_roles(apps, schema_editor):
    roles.grant(apps, FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("verification", "0003_queue"),
    ]
    operations = [migrations.RunPython(ship_roles, migrations.RunPython.noop)]
