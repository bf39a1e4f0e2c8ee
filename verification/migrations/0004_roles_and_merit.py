"""The groups reviewer, lead and auditor."""

from django.db import migrations

from verification import roles


def ship_roles(apps, schema_editor):
    roles.grant(apps, roles.ROLES)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("verification", "0003_queue"),
    ]
    operations = [migrations.RunPython(ship_roles, migrations.RunPython.noop)]
