"""Checks the gold families and the sentences with quantities under ``gold/``; prints what they hold.

Run it as a script: ``python tests/benchmarks/check_gold.py [folder]``. It needs nothing but the
standard library and none of the project's code, so that a fault in the product cannot hide a fault
in the gold. The exit status is 0 when all of it is sound, 1 otherwise; each fault is one line.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]

GOLD = Path(__file__).parent / "gold"
KINDS = {"quantity", "event", "position/role", "state", "attribution/quote", "schedule", "relation"}
LABELS = {"same/agree", "contradict", "different-time", "unrelated"}
SUBTYPES = {"same-number-other-referent", "same-topic-neutral"}
SCOPES = {"fragment", "sentence", "line"}
GRANULARITIES = {"week", "month", "quarter", "season", "year", "open"}
ATTRIBUTIONS = {"asserted", "quoted", "reported", "alleged", "denied"}
ORIGIN_KINDS = {"speaker", "data", "citation", "credit", "copy", "publisher", "independent"}
LINKS = {"root", "heard", "data", "citation", "credit", "copy", "altered", "paraphrase", "publisher"}
CLAIM_FIELDS = (
    "id sentence span claim kind speaker is_direct_quote quantities dates entities check_worthiness "
    "optional sentence_start span_start span_end"
).split()
METADATA_FIELDS = (
    "slug outlet publisher url published title byline origin file language synthetic licence words notes"
).split()
QUANTITY_FIELDS = "start end text value low high unit change approximate".split()
CHANGES = {"=", "~", ">", "<", "up", "down"}
LEAST = {"claims": 25, "not_claims": 8, "pairs": 25, "origins": 6}


class Family:
    """One folder of gold: the articles, what is said about them, and the faults found so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.metadata: list[Row] = self._json("metadata.json")
        self.texts = {
            row["slug"]: (folder / row["file"]).read_text(encoding="utf-8") for row in self.metadata
        }
        self.claims = {slug: self._lines(f"{slug}.claims.jsonl") for slug in self.texts}
        self.not_claims = {slug: self._lines(f"{slug}.not_claims.jsonl") for slug in self.texts}
        self.pairs = self._lines("pairs.jsonl")
        self.origins: list[Row] = self._json("claims.json")
        self.copies: list[Row] = self._json("copies.json")
        self.not_copies: list[Row] = self._json("not_copies.json")

    def _json(self, name: str) -> list[Row]:
        path = self.folder / name
        if not path.exists():  # a second reading: it has claims and pairs only
            return []
        rows: list[Row] = json.loads(path.read_text(encoding="utf-8"))
        return rows

    def _lines(self, name: str) -> list[Row]:
        path = self.folder / name
        if not path.exists():  # an article without exhaustive annotation: it serves pairs and origins
            return []
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def expect(self, holds: bool, where: str, what: str) -> None:
        """Note a fault unless `holds`."""
        if not holds:
            self.faults.append(f"{self.folder.name}/{where}: {what}")


def check_metadata(family: Family) -> None:
    """Fields, invented addresses, word counts, and the label line at the end of each text."""
    for row in family.metadata:
        slug, text = row["slug"], family.texts[row["slug"]]
        family.expect(all(field in row for field in METADATA_FIELDS), slug, "metadata lacks a field")
        family.expect(
            re.match(r"https://[a-z-]+\.example/", row["url"]) is not None, slug, "address not .example"
        )
        family.expect(row["words"] == len(text.split()), slug, "wrong number of words")
        family.expect("written for tests" in text.rstrip().splitlines()[-1], slug, "no label line")
        kind, _, of = row["origin"].partition(" of ")
        known = kind == "independent" or (kind in {"wire copy", "update"} and of in family.texts)
        family.expect(known, slug, f"unknown origin {row['origin']!r}")
        datetime.fromisoformat(row["published"])
    origins = Counter(row["origin"].partition(" of ")[0] for row in family.metadata)
    family.expect(origins["wire copy"] > 0, "metadata", "no wire copy")
    family.expect(origins["update"] > 0, "metadata", "no update")


def check_claims(family: Family, slug: str) -> None:
    """Spans and sentences verbatim at their offsets; every field of its type and range."""
    text, seen = family.texts[slug], set()
    for row in family.claims[slug]:
        where = f"{slug}.claims {row.get('id')}"
        family.expect(all(field in row for field in CLAIM_FIELDS), where, "lacks a field")
        start, end, opens = row["span_start"], row["span_end"], row["sentence_start"]
        family.expect(text[start:end] == row["span"] != "", where, "span is not at its offsets")
        closes = opens + len(row["sentence"])
        family.expect(text[opens:closes] == row["sentence"], where, "sentence is not at its offset")
        family.expect(opens <= start and end <= closes, where, "span leaves its sentence")
        family.expect("\n" not in row["span"], where, "span runs over a line end")
        family.expect(row["kind"] in KINDS, where, f"kind {row['kind']!r}")
        family.expect(row["check_worthiness"] in range(4), where, "check-worthiness out of range")
        family.expect(row["optional"] == (row["check_worthiness"] <= 1), where, "optional against its worth")
        family.expect(row["speaker"] is None or bool(row["speaker"]), where, "empty speaker")
        family.expect(
            all(row.get(flag, True) is True for flag in ("hedged", "negated")), where, "flag not true"
        )
        if row["is_direct_quote"]:
            family.expect(row["speaker"] is not None, where, "a quotation without a speaker")
            family.expect(quoted(text, start, end), where, "direct quotation outside quotation marks")
        seen.add(row["id"])
        for quantity in row["quantities"]:
            check_quantity(family, where, row["span"], quantity)
        for when in row["dates"]:
            check_date(family, where, text, when)
    family.expect(len(seen) == len(family.claims[slug]), slug, "a claim id twice")


def quoted(text: str, start: int, end: int) -> bool:
    """Whether [start, end) touches text between quotation marks, curly or straight."""
    return any(
        found.start() < end and start < found.end()
        for found in re.finditer(r"“[^“”]*(?:”|$)|\"[^\"\n]*\"", text, re.M)
    )


def check_quantity(family: Family, where: str, span: str, quantity: Row) -> None:
    """The text stands in the span; an exact value, a range or a one-sided bound, never a mixture."""
    family.expect(quantity["text"] in span, where, f"quantity {quantity['text']!r} outside the span")
    family.expect(
        one_reading(quantity), where, f"quantity {quantity['text']!r}: value, low and high disagree"
    )
    family.expect(bool(quantity["unit"]), where, f"quantity {quantity['text']!r} without unit")
    family.expect(isinstance(quantity["approximate"], bool), where, "approximate is no truth value")


def one_reading(quantity: Row) -> bool:
    """Whether it is an exact value, a range or a one-sided bound, and not a mixture of them."""
    value, low, high = quantity["value"], quantity["low"], quantity["high"]
    exact = value is not None and low is None and high is None
    interval = value is None and low is not None and high is not None and low < high
    bound = value is not None and (low, high) in {(value, None), (None, value)}
    return exact or interval or bound


def check_date(family: Family, where: str, text: str, when: Row) -> None:
    """ISO days in order; what is not in the text stands in brackets and is marked implicit."""
    implicit = when.get("implicit", False)
    family.expect(
        date.fromisoformat(when["start"]) <= date.fromisoformat(when["end"]),
        where,
        "date ends before it starts",
    )
    family.expect(implicit == when["text"].startswith("("), where, f"date {when['text']!r}: implicit or not?")
    words = when["text"].split("since ", 1)[-1]
    family.expect(implicit or words in text, where, f"date {when['text']!r} not in the text")
    family.expect(when.get("granularity") in GRANULARITIES | {None}, where, "unknown granularity")


def check_not_claims(family: Family, slug: str) -> None:
    """Verbatim, with a reason, apart from every claim; and no line of the article left unjudged."""
    text, claims, nots = family.texts[slug], family.claims[slug], family.not_claims[slug]
    for row in nots:
        where = f"{slug}.not_claims {row['id']}"
        family.expect(
            text[row["start"] : row["end"]] == row["text"] != "", where, "text is not at its offsets"
        )
        family.expect(row["scope"] in SCOPES and bool(row["reason"]), where, "scope or reason")
        overlaps = any(c["span_start"] < row["end"] and row["start"] < c["span_end"] for c in claims)
        family.expect(not overlaps, where, "overlaps a claim")
    judged = [(c["span_start"], c["span_end"]) for c in claims] + [(n["start"], n["end"]) for n in nots]
    for line in re.finditer(r"[^\n]+", text) if claims else ():
        touched = any(start < line.end() and line.start() < end for start, end in judged)
        family.expect(touched, slug, f"line neither claimed nor rejected: {line.group()[:40]!r}")


def check_pairs(family: Family) -> None:
    """Verbatim spans of known articles, the four labels, a subtype where unrelated, no pair twice."""
    seen: set[frozenset[tuple[str, str]]] = set()
    for row in family.pairs:
        where = f"pairs {row['id']}"
        sides = [(row[side]["article"], row[side]["span"]) for side in "ab"]
        for slug, span in sides:
            family.expect(span in family.texts.get(slug, ""), where, f"span not in {slug}: {span!r}")
        family.expect(len(set(sides)) == 2, where, "compares a span with itself")
        family.expect(frozenset(sides) not in seen, where, "the same pair again")
        seen.add(frozenset(sides))
        family.expect(row["label"] in LABELS, where, f"label {row['label']!r}")
        subtype_fits = row["subtype"] in SUBTYPES if row["label"] == "unrelated" else row["subtype"] is None
        family.expect(subtype_fits, where, f"subtype {row['subtype']!r}")
        family.expect(row["strength"] in {"strong", "weak"} and bool(row["why"]), where, "strength or why")
        family.expect(
            isinstance(row["hard"], bool) and isinstance(row["needs_context"], bool), where, "flags"
        )
    family.expect({row["label"] for row in family.pairs} == LABELS, "pairs", "not all four labels")


def check_origins(family: Family) -> None:
    """Mentions verbatim; on each side the origins part the articles, and the counts agree."""
    for row in family.origins:
        where = f"claims.json {row['id']}"
        for mention in row["mentions"]:
            text = family.texts.get(mention["article"], "")
            verbatim = text[mention["start"] : mention["end"]] == mention["span"] != ""
            family.expect(verbatim, where, f"mention not at its offsets: {mention['span']!r}")
            family.expect(
                mention["attribution"] in ATTRIBUTIONS, where, f"attribution {mention['attribution']!r}"
            )
            voiced = mention["origin"] is not None or mention["stance"] == "against"
            family.expect(voiced, where, "an affirming mention without origin")
        for stance, key, count in (
            ("for", "origins", "independent_origins"),
            ("against", "against_origins", "against"),
        ):
            family.expect(row[count] == len(row[key]), where, f"{count} is not the number of origins")
            check_partition(family, where, row[key], [m for m in row["mentions"] if m["stance"] == stance])
        family.expect(
            bool(row["tests"]) and row["strength"] in {"strong", "weak"}, where, "tests or strength"
        )


def check_partition(family: Family, where: str, origins: list[Row], mentions: list[Row]) -> None:
    """Every article in exactly one origin, and every mention in the origin of its article."""
    articles = [slug for origin in origins for slug in origin["articles"]]
    family.expect(len(articles) == len(set(articles)), where, "an article in two origins")
    home = {slug: origin["id"] for origin in origins for slug in origin["articles"]}
    for mention in mentions:
        if mention["origin"] is not None:
            family.expect(
                home.get(mention["article"]) == mention["origin"], where, "mention outside its origin"
            )
    family.expect({m["article"] for m in mentions if m["origin"]} == set(home), where, "partition incomplete")
    for origin in origins:
        family.expect([link["article"] for link in origin["links"]] == origin["articles"], where, "links")
        family.expect(origin["kind"] in ORIGIN_KINDS, where, f"kind {origin['kind']!r}")
        family.expect(all(link["link"] in LINKS for link in origin["links"]), where, "unknown link")
        alone = (len(origin["articles"]) == 1) == (origin["kind"] == "independent")
        altered = origin["links"][0]["link"] == "altered"
        family.expect(alone or altered, where, f"{origin['id']}: kind against its size")


def shingles(text: str) -> set[tuple[str, ...]]:
    """Five-word shingles in lower case, without the label line."""
    words = re.findall(r"[\w']+", text.rstrip().rpartition("\n")[0].lower().replace("’", "'"))
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def check_copies(family: Family) -> None:
    """The overlap as counted here; copies overlap by much, the others by little; no pair of articles twice."""
    listed = []
    for row in family.copies + family.not_copies:
        where = f"copies {row['a'][:3]}-{row['b'][:3]}"
        a, b = shingles(family.texts[row["a"]]), shingles(family.texts[row["b"]])
        shared = len(a & b)
        counted = (
            shared,
            round(shared / len(a | b), 2),
            round(shared / len(a), 2),
            round(shared / len(b), 2),
        )
        family.expect(counted == (row["shared"], row["jaccard"], row["of_a"], row["of_b"]), where, "overlap")
        listed.append(frozenset((row["a"], row["b"])))
    family.expect(len(listed) == len(set(listed)), "copies", "a pair of articles twice")
    family.expect(all(row["of_b"] >= 0.5 for row in family.copies), "copies", "a copy that shares little")
    family.expect(all(row["of_b"] < 0.2 for row in family.not_copies), "not_copies", "a copy among them")
    copied = {row["slug"] for row in family.metadata if row["origin"].startswith("wire copy")}
    family.expect({row["b"] for row in family.copies} == copied, "copies", "metadata says otherwise")


def check(folder: Path) -> Family:
    """Run every check on one family."""
    family = Family(folder)
    for name in ("claims.json", "copies.json", "not_copies.json"):
        family.expect((folder / name).exists(), name, "is missing")
    check_metadata(family)
    for slug in family.texts:
        check_claims(family, slug)
        check_not_claims(family, slug)
    check_pairs(family)
    check_origins(family)
    check_copies(family)
    for name, least in LEAST.items():
        family.expect(size(family, name) >= least, "size", f"fewer than {least} {name}")
    return family


def check_second(folder: Path, first: Path) -> Family:
    """Run the checks that fit a second reading: claims, not claims, the first reader's pairs."""
    family, other = Family(folder), Family(first)
    for slug in family.texts:
        check_claims(family, slug)
        check_not_claims(family, slug)
        family.expect(bool(family.claims[slug]) == bool(other.claims[slug]), slug, "read by one reader only")
    check_pairs(family)
    sides, others = ([(row["a"], row["b"]) for row in one.pairs] for one in (family, other))
    family.expect(
        sorted(map(str, sides)) == sorted(map(str, others)), "pairs", "not those of the first reader"
    )
    return family


def check_single(folder: Path) -> Family:
    """Run the checks that fit articles that stand alone: their claims, without wording, pairs and origins."""
    family = Family(folder)
    for row in family.metadata:
        text = family.texts[row["slug"]]
        family.expect(all(field in row for field in METADATA_FIELDS), row["slug"], "metadata lacks a field")
        family.expect(row["words"] == len(text.split()), row["slug"], "wrong number of words")
        family.expect("written for tests" in text.rstrip().splitlines()[-1], row["slug"], "no label line")
    for slug, text in family.texts.items():
        for row in family.claims[slug]:
            where, start, end = f"{slug}.claims {row['id']}", row["span_start"], row["span_end"]
            opens, closes = row["sentence_start"], row["sentence_start"] + len(row["sentence"])
            family.expect(text[start:end] == row["span"] != "", where, "span is not at its offsets")
            family.expect(text[opens:closes] == row["sentence"], where, "sentence is not at its offset")
            family.expect(opens <= start and end <= closes, where, "span leaves its sentence")
            if row["is_direct_quote"]:
                family.expect(bool(row["speaker"]), where, "a quotation without a speaker")
                family.expect(quoted(text, start, end), where, "direct quotation outside quotation marks")
            for quantity in row["quantities"]:
                check_quantity(family, where, row["span"], quantity)
            for when in row["dates"]:
                check_date(family, where, text, when)
        check_not_claims(family, slug)
    return family


def quantity_faults(row: Row) -> Iterator[str]:
    """What is wrong with one sentence: quantities verbatim at their offsets, in order, of one reading."""
    closes = 0
    for quantity in row["quantities"]:
        text, change, moves = quantity["text"], quantity["change"], quantity["change"] in {"up", "down"}
        side = {(True, False): ">", (False, True): "<"}.get(
            (quantity["low"] is not None, quantity["high"] is not None)
        )
        loose = side is not None or change == "~"
        for holds, what in (
            (list(quantity) == QUANTITY_FIELDS, "wrong fields"),
            (row["text"][quantity["start"] : quantity["end"]] == text != "", "not at its offsets"),
            (quantity["start"] >= closes, "overlaps the one before, or out of order"),
            (quantity["unit"] is None or bool(quantity["unit"]), "empty unit"),
            (one_reading(quantity), "value, low and high disagree"),
            (change in CHANGES, f"change {change!r}"),
            (moves or (side or "=") == change.replace("~", "="), f"bounds do not fit {change!r}"),
            (quantity["approximate"] == loose or (moves and not loose), "approximate or not?"),
        ):
            if not holds:
                yield f"{text!r}: {what}"
        closes = quantity["end"]


def check_quantities(path: Path) -> tuple[str, list[str]]:
    """One file of sentences with quantities: a line on what it holds, and its faults."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    faults = [
        f"quantities/{path.stem} {number}: {fault}"
        for number, row in enumerate(rows, 1)
        for fault in quantity_faults(row)
    ]
    found = [quantity for row in rows for quantity in row["quantities"]]
    changes = Counter(quantity["change"] for quantity in found)
    return (
        f"quantities/{path.stem}: {len(rows)} sentences, {sum(not r['quantities'] for r in rows)} without;"
        f" {len(found)} quantities, {sum(q['value'] is None for q in found)} ranges; "
        + ", ".join(f"{count} {change}" for change, count in changes.most_common()),
        faults,
    )


def size(family: Family, name: str) -> int:
    """The number of rows of one kind in a family."""
    held = getattr(family, name)
    return sum(map(len, held.values())) if isinstance(held, dict) else len(held)


def summary(family: Family) -> Iterator[str]:
    """What a family holds, in a few lines."""
    claims = [row for rows in family.claims.values() for row in rows]
    labels = Counter(row["label"] for row in family.pairs)
    yield f"{family.folder.name}: {len(family.texts)} articles, {sum(r['words'] for r in family.metadata)} words"
    yield (
        f"  {len(claims)} claims in {sum(map(bool, family.claims.values()))} articles"
        f" ({sum(r['optional'] for r in claims)} optional, {sum(r['is_direct_quote'] for r in claims)} quoted,"
        f" {sum('hedged' in r for r in claims)} hedged, {sum('negated' in r for r in claims)} negated),"
        f" {sum(len(r['quantities']) for r in claims)} quantities, {sum(len(r['dates']) for r in claims)} dates;"
        f" {size(family, 'not_claims')} not claims"
    )
    yield (
        f"  {len(family.pairs)} pairs: "
        + ", ".join(f"{labels[label]} {label}" for label in sorted(LABELS))
        + f"; {sum(r['hard'] for r in family.pairs)} hard, {sum(r['strength'] == 'weak' for r in family.pairs)} weak"
    )
    yield (
        f"  {len(family.origins)} claims with origins, {sum(r['independent_origins'] for r in family.origins)} for,"
        f" {sum(r['against'] for r in family.origins)} against; {len(family.copies)} copies"
    )


def main(root: Path) -> int:
    """Check all families and sentences under `root`; print summaries and faults."""
    families = [check(folder) for folder in sorted(root.iterdir()) if (folder / "metadata.json").exists()]
    lines = [line for family in families for line in summary(family)]
    faults = [fault for family in families for fault in family.faults]
    for folder in sorted(path.parent for path in root.glob("second_reader/*/metadata.json")):
        second = check_second(folder, root / folder.name)
        lines.append(
            f"second_reader/{folder.name}: {size(second, 'claims')} claims,"
            f" {size(second, 'not_claims')} not claims, {len(second.pairs)} pairs"
        )
        faults += [f"second_reader/{fault}" for fault in second.faults]
    for folder in sorted(path.parent for path in root.glob("articles/*/metadata.json")):
        single = check_single(folder)
        lines.append(
            f"articles/{folder.name}: {len(single.texts)} articles, {size(single, 'claims')} claims"
            f" ({sum(r['optional'] for rows in single.claims.values() for r in rows)} optional),"
            f" {sum(len(r['quantities']) for rows in single.claims.values() for r in rows)} quantities,"
            f" {sum(not d.get('implicit') for rows in single.claims.values() for r in rows for d in r['dates'])} dates,"
            f" {size(single, 'not_claims')} not claims"
        )
        faults += [f"articles/{fault}" for fault in single.faults]
    for held, found in map(check_quantities, sorted((root / "quantities").glob("*.jsonl"))):
        lines.append(held)
        faults += found
    lines += [*faults, f"{len(families)} families, {len(faults)} faults"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if faults or not families else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD))
