"""Feeds, webhooks and deliveries are an auditor's to read; feeds are a lead's to keep."""

from django.db import migrations

from verification import roles

SEEN = ("claims.view_delivery", "claims.view_feed", "claims.view_webhook")
MORE = {
    "auditor": SEEN,
    "lead": (*SEEN, "claims.add_feed", "claims.change_feed"),
}


def grant(apps, schema_editor):
    roles.grant(apps, MORE)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0008_webhooks"),
        ("verification", "0010_shelf_lives"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
