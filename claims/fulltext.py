"""Finding claims by their words: one function, over FTS5 on SQLite and a GIN index on PostgreSQL.

The tables and indexes are made by the migration ``claim_words``; both stem, fold accents and keep stop words.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.signals import post_migrate

from claims.models import Claim, ClaimWords

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_KEPT_BY = {
    "insert": """AFTER INSERT ON claims_claim BEGIN
        INSERT INTO claims_claimwords(rowid, text) VALUES (NEW.id, NEW.text); END""",
    "delete": """AFTER DELETE ON claims_claim BEGIN
        INSERT INTO claims_claimwords(claims_claimwords, rowid, text) VALUES ('delete', OLD.id, OLD.text); END""",
    "update": """AFTER UPDATE OF text ON claims_claim BEGIN
        INSERT INTO claims_claimwords(claims_claimwords, rowid, text) VALUES ('delete', OLD.id, OLD.text);
        INSERT INTO claims_claimwords(rowid, text) VALUES (NEW.id, NEW.text); END""",
}


def with_words(claims: QuerySet[Claim], text: str, newest: int | None = None) -> QuerySet[Claim]:
    """``claims`` whose text holds every word of ``text`` in whatever form ("port" finds "ports").

    Words in double quotes must follow one another. Case and accents do not matter. A text without a letter
    or digit finds nothing. ``newest``: only so many of all that hold them, for who puts them into an order of
    their own and would have to read them all.
    """
    found = terms(text)
    if not found:
        return claims.none()
    sqlite = connections[claims.db].vendor == "sqlite"
    matched = " ".join(f'"{term}"' for term in found)
    if newest is not None:
        holding = (
            ClaimWords.objects.filter(text__match=matched) if sqlite else Claim.objects.filter(_Holds(found))
        )
        last_first = holding.order_by("-pk" if sqlite else place(text).desc())
        return claims.filter(pk__in=last_first.values_list("pk", flat=True)[:newest])
    return claims.filter(words__text__match=matched) if sqlite else claims.filter(_Holds(found))


def place(text: str) -> Any:
    """A claim's id, as an expression on what :func:`with_words` found, to order it by.

    On SQLite it is the id in the table of words: that is read in its order, and as far as a page needs, where
    all that was found would have to be sorted by the claim's own. On PostgreSQL the claims are read in their order if
    the text is in many of them. It would do so for rarer ones, too, and through most of the store, since claims of one
    event stand together; so it is kept from it, and sorts what the index of words finds. Asks for its estimate.
    """
    if connections[Claim.objects.db].vendor == "sqlite":
        return F("words__pk")
    return F("pk") if _expected(text) >= MANY else F("pk") + 0


#: claims from which on there is one among the next few dozens, wherever one begins in a store of a million
MANY = 50_000


def _expected(text: str) -> int:
    """How many claims PostgreSQL expects to hold it."""
    found = terms(text)
    if not found:
        return 0
    plan = json.loads(Claim.objects.filter(_Holds(found)).order_by().explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])


def terms(text: str) -> list[str]:
    """The words and the quoted phrases of a search, without what holds no letter or digit."""
    # A NUL would end the search for FTS5, which then misses the closing quote.
    found = [(phrase or word).replace('"', " ") for phrase, word in _TERM.findall(text.replace("\x00", " "))]
    return [term for term in found if any(char.isalnum() for char in term)]


class _Holds(Func):
    """On PostgreSQL: whether the words of a claim match all terms, written so that the index answers it."""

    output_field = BooleanField()

    def __init__(self, found: list[str]) -> None:
        super().__init__(F("text"))
        self.found = found

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        queries = ["phraseto_tsquery('claims_words', claims_plain(%s))"] * len(self.found)
        return f"claims_words({column}) @@ ({' && '.join(queries)})", (*params, *self.found)


def keep_words(app: AppConfig) -> None:
    """On SQLite, have triggers keep the words of claims up to date.

    Looked after at each ``migrate``: Django rebuilds a whole table to alter it, and its triggers are lost; what
    was written meanwhile is then read anew.
    """

    def check(using: str, **_: Any) -> None:
        connection = connections[using]
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master")
            names = {name for (name,) in cursor.fetchall()}
            missing = {event: body for event, body in _KEPT_BY.items() if _trigger(event) not in names}
            if ClaimWords._meta.db_table not in names or not missing:
                return
            for event, body in missing.items():
                cursor.execute(f"CREATE TRIGGER {_trigger(event)} {body}")
            cursor.execute("INSERT INTO claims_claimwords(claims_claimwords) VALUES ('rebuild')")

    post_migrate.connect(check, sender=app, weak=False, dispatch_uid="words of claims")


def _trigger(event: str) -> str:
    return f"twosource_claim_words_{event}"
