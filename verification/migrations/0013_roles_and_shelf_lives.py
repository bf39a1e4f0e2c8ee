"""Shelf lives are an auditor's to read and a lead's to set."""

from django.db import migrations

from verification import roles

MORE = {
    "auditor": ("verification.view_shelflife",),
    "lead": (
        "verification.view_shelflife",
        "verification.add_shelflife",
        "verification.change_shelflife",
        "verification.delete_shelflife",
    ),
}


def grant(apps, schema_editor):
    roles.grant(apps, MORE)


class Migration(migrations.Migration):
    dependencies = [("verification", "0012_imported_reviews")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
