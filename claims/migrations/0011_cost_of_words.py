"""PostgreSQL learns what it costs to read the words of a claim.

It took that for as cheap as comparing two numbers, since it looked into the function; so for a search of which it
expected some thousand claims it read claim after claim from the newest on, for seconds in a store of a million, where
the index of words has them in milliseconds. A function in PL/pgSQL it does not look into, and takes at its word.
"""

from django.db import migrations

AT_ITS_WORD = """CREATE OR REPLACE FUNCTION {schema}.claims_words(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS
    $$ BEGIN RETURN to_tsvector('{schema}.claims_words'::regconfig, {schema}.claims_plain(words)); END $$"""
AS_BEFORE = """CREATE OR REPLACE FUNCTION {schema}.claims_words(words text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100 AS
    $$ SELECT to_tsvector('{schema}.claims_words'::regconfig, {schema}.claims_plain(words)) $$"""


def _run(schema_editor, statement):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
    schema_editor.execute(statement.format(schema=schema), params=None)


def forwards(apps, schema_editor):
    _run(schema_editor, AT_ITS_WORD)


def backwards(apps, schema_editor):
    _run(schema_editor, AS_BEFORE)


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_days_and_numbers")]

    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
