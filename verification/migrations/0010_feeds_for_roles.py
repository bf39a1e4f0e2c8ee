"""Feeds are an auditor's to read and a lead's to keep."""

from django.db import migrations

from verification import roles

FEEDS = {
    "auditor": ("claims.view_feed",),
    "lead": ("claims.view_feed", "claims.add_feed", "claims.change_feed"),
}


def grant(apps, schema_editor):
    roles.grant(apps, FEEDS)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0005_feeds_and_watches"),
        ("verification", "0009_article_words"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
