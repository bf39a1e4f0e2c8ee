"""What axe-core has against a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: colours that are changing are no colours to judge; what goes on for ever is not waited for
_STILL = """Promise.race([
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
    new Promise((done) => setTimeout(done, 2000)),
])"""


def serious_faults(page: Page) -> list[str]:
    """The serious and critical faults of the page as it is now, in light and in dark colours."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(_STILL)
        violations = Axe().run(page).response["violations"]
        found += [
            f"{scheme}: {fault['id']}: {fault['help']}: {node['html'][:200]}"
            for fault in violations
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]
    page.emulate_media(color_scheme="light")
    return found
