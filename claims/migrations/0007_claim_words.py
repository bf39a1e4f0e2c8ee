"""The words of claims, to be searched: an FTS5 table on SQLite, a GIN index on PostgreSQL.

Both stem English words by Porter's rules, fold accents and keep stop words, so that a search finds the same on
both. On SQLite, triggers keep the table up to date; :mod:`claims.fulltext` makes them, for they are lost whenever
Django rebuilds the table of claims.
"""

from django.db import migrations, models

# By hand, since the extension "unaccent" is not everywhere; the letters that Unicode decomposes, as FTS5 does it.
ACCENTED = "àáâãäåāăąçćčďèéêëēĕėęěğģìíîïīĭįķĺļľñńņňòóôõöōŏőŕřśşšșţťțùúûüūŭůűųýÿźżž"
PLAIN = "aaaaaaaaacccdeeeeeeeeeggiiiiiiiklllnnnnoooooooorrsssstttuuuuuuuuuyyzzz"

SQLITE = [
    """CREATE VIRTUAL TABLE claims_claimwords USING fts5(
        text, content='claims_claim', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
    "INSERT INTO claims_claimwords(claims_claimwords) VALUES ('rebuild')",
]
# Names are told with their schema: a restored dump makes the index where no search path leads to them.
POSTGRESQL = [
    "CREATE TEXT SEARCH DICTIONARY {schema}.claims_stems (TEMPLATE = pg_catalog.snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION {schema}.claims_words (COPY = pg_catalog.simple)",
    """ALTER TEXT SEARCH CONFIGURATION {schema}.claims_words
        ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
        WITH {schema}.claims_stems""",
    """CREATE FUNCTION {schema}.claims_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
        $$ SELECT translate(lower(words), '{accented}', '{plain}') $$""",
    """CREATE FUNCTION {schema}.claims_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
        $$ SELECT to_tsvector('{schema}.claims_words'::regconfig, {schema}.claims_plain(words)) $$""",
    "CREATE INDEX CONCURRENTLY claim_words ON claims_claim USING gin ({schema}.claims_words(text))",
]
SQLITE_BACK = ["DROP TABLE claims_claimwords"]
POSTGRESQL_BACK = [
    "DROP INDEX CONCURRENTLY claim_words",
    "DROP FUNCTION {schema}.claims_words(text)",
    "DROP FUNCTION {schema}.claims_plain(text)",
    "DROP TEXT SEARCH CONFIGURATION {schema}.claims_words",
    "DROP TEXT SEARCH DICTIONARY {schema}.claims_stems",
]


def _run(schema_editor, sqlite, postgresql):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        for statement in sqlite:
            schema_editor.execute(statement, params=None)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
    for statement in postgresql:
        schema_editor.execute(
            statement.format(schema=schema, accented=ACCENTED, plain=PLAIN), params=None
        )


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    atomic = False  # the index is made while others write
    dependencies = [("claims", "0006_days")]
    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.CreateModel(
            name="ClaimWords",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={"db_table": "claims_claimwords", "managed": False, "default_permissions": ()},
        ),
    ]
