"""The groups reviewer, lead and auditor; and what stood before the queue gets its place in it."""

from django.db import migrations

from verification import ranking, roles

BATCH = 1000


def ship_roles(apps, schema_editor):
    roles.grant(apps, roles.ROLES)


def rank(apps, schema_editor):
    """A claim waits since it was first seen."""
    standing_model = apps.get_model("verification", "Standing")
    rows = standing_model.objects.select_related("claim__assessment").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for standing in batch:
            found = getattr(standing.claim, "assessment", None)
            reach = found.origins_for + found.origins_against if found else 0
            standing.waiting_since = standing.claim.created_at
            standing.merit = ranking.merit(standing.claim.checkworthiness, reach, standing.waiting_since)
        standing_model.objects.bulk_update(batch, ["waiting_since", "merit"], batch_size=BATCH)
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("verification", "0003_queue"),
    ]
    operations = [
        migrations.RunPython(ship_roles, migrations.RunPython.noop),
        migrations.RunPython(rank, migrations.RunPython.noop),
    ]
