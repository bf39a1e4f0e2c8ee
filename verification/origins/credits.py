"""Credit lines: the agencies that an article as a whole names for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.origins import cues
from verification.origins.text import Page, of_page

_ACRONYM = re.compile(r"^[A-Z]{2,6}$|^[a-z]{3,4}$")


@dataclass(frozen=True, slots=True)
class Credit:
    """``agency`` as the line names it, ``words`` the line; ``dateline`` if it opens the text."""

    agency: str
    words: str
    dateline: bool = False

    @property
    def plain(self) -> bool:
        """Whether the name by itself says that it is an agency, not a photographer or a place."""
        return self.dateline or bool(_ACRONYM.match(self.agency) or cues.AGENCY.search(self.agency))


@of_page
def credits_of(page: Page) -> tuple[Credit, ...]:
    """Return the credits of an article (dateline, credit lines, byline), but not to the outlet itself."""
    found = [
        Credit(match["agency"].strip(), match.group().strip(), dateline=True)
        for match in cues.DATELINE.finditer(page.text)
    ]
    for pattern in cues.CREDIT_LINES:
        found += [
            Credit(match["agency"].strip(), match.group().strip()) for match in pattern.finditer(page.text)
        ]
    for part in re.split(r",| and |/", page.document.byline or ""):
        if cues.AGENCY.search(part) or _ACRONYM.match(part.strip()):
            found.append(Credit(part.strip(), part.strip()))
    return tuple(credit for credit in dict.fromkeys(found) if credit.agency != page.document.outlet)


@of_page
def signature_of(page: Page) -> tuple[str, str] | None:
    """The people in "Reporting by ...; Editing by ...", with the words; None where nothing is signed."""
    match = cues.SIGNATURE.search(page.text)
    return (match["people"], match.group()) if match else None
