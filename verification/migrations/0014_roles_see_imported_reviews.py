"""Imported reviews are an auditor's and a lead's to read."""

from django.db import migrations

from verification import roles


def grant(apps, schema_editor):
    seen = ("verification.view_importedreview",)
    roles.grant(apps, {"auditor": seen, "lead": seen})


class Migration(migrations.Migration):
    dependencies = [("verification", "0013_roles_and_shelf_lives")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
