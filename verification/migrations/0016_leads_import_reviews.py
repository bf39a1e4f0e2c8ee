"""Others' fact checks are a lead's to take in."""

from django.db import migrations

from verification import roles


def grant(apps, schema_editor):
    roles.grant(apps, {"lead": ("verification.add_importedreview",)})


class Migration(migrations.Migration):
    dependencies = [("verification", "0015_standing_indexes")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
