"""Asking web servers as a guest does: by their robots.txt, and not more often than they like.

When a server may be asked next stands on its :class:`claims.models.Host` row, which all workers on all machines
share. Who comes too early is given a time to come again (:class:`claims.pipeline.Later`).

The rate is kept by the generic cell rate algorithm: on average no more than one request in ``1 + SLACK``
delays, and never two within one delay. Whoever was told a time may be late by the slack without losing it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.fetching import Fetched, Unreadable, fetch
from claims.fetching.limits import MAX_RETRY_AFTER, TOTAL_SECONDS
from claims.fetching.robots import Robots, has_none, read_robots, robots_url
from claims.models import Host
from claims.pipeline import Later

SLACK = 0.25
ROBOTS_HOLD = timedelta(hours=24)  # RFC 9309, 2.4
ROBOTS_AGAIN = timedelta(minutes=10)
ROBOTS_SECONDS = 15.0
#: no queue is longer; a time beyond it comes from a clock that jumped
LONGEST_QUEUE = timedelta(hours=6)


def fetch_politely(
    url: str,
    *,
    as_robot: bool,
    etag: str = "",
    modified: str = "",
    total_seconds: float = TOTAL_SECONDS,
) -> Fetched:
    """:func:`claims.fetching.fetch` when it is our turn.

    ``as_robot``: nobody asked for this very page, so the site's robots.txt is heeded, at every redirect. A person
    who hands in a link is not a robot. Raises Later, and Unreadable as ``fetch`` does and with "robots" where the
    site does not want it read, "robots-unreachable" (transient) where that cannot be known.
    """
    take_turn(url)

    def permit(address: str) -> None:
        if as_robot:
            rules(address).check(address)

    try:
        return fetch(
            url,
            etag=etag or None,
            modified=modified or None,
            allow_hosts=settings.FETCH_PRIVATE_HOSTS,
            total_seconds=total_seconds,
            permit=permit,
        )
    except Unreadable as error:
        if error.retry_after:
            leave_alone(url, error.retry_after)
        raise


def take_turn(url: str) -> None:
    """Note that the server of ``url`` is asked now. Raises Later with a time to come again if that is too early."""
    now = timezone.now()
    later = None
    with transaction.atomic():
        host = _locked(url)
        if host.left_alone_until and host.left_alone_until > now:
            later = Later(host.left_alone_until, f"{host.name} asked to be left alone until then")
        else:
            later = _admit(host, now)
        host.save(update_fields=["next_at", "booked_until"])
    if later is not None:
        raise later


def leave_alone(url: str, seconds: float) -> None:
    """The server asked not to be asked again for ``seconds``."""
    until = timezone.now() + timedelta(seconds=min(seconds, MAX_RETRY_AFTER))
    with transaction.atomic():
        host = _locked(url)
        host.left_alone_until = max(until, host.left_alone_until or until)
        host.save(update_fields=["left_alone_until"])


def rules(url: str) -> Robots:
    """What the server of ``url`` lets robots read, as it said within the last day.

    Raises :class:`Unreadable`, "robots-unreachable", if that cannot be known now.
    """
    host, _ = Host.objects.get_or_create(name=_name(url))
    now = timezone.now()
    if host.robots is not None and host.robots_until and host.robots_until > now:
        return Robots(host.robots)
    try:
        answer = fetch(
            robots_url(url), allow_hosts=settings.FETCH_PRIVATE_HOSTS, total_seconds=ROBOTS_SECONDS
        )
        found, hold = read_robots(answer.body), ROBOTS_HOLD
    except Unreadable as error:
        if has_none(error):
            found, hold = Robots(""), ROBOTS_HOLD
        elif host.robots is not None:  # RFC 9309 lets old rules hold while no new ones are to be had
            found, hold = Robots(host.robots), ROBOTS_AGAIN
        else:
            raise Unreadable(
                "robots-unreachable",
                f"What robots may read at {host.name!r} cannot be known now: {error.message}",
                transient=True,
                retry_after=error.retry_after,
            ) from error
    delay = found.crawl_delay()
    Host.objects.filter(pk=host.pk).update(robots=found.text, robots_until=now + hold, crawl_delay=delay)
    if delay:
        _space(url, delay)
    return found


def _admit(host: Host, now: datetime) -> Later | None:
    """Let a request through and move the next one's time; or give a time in the queue."""
    delay = _delay(host)
    if not delay:
        return None
    step, slack = timedelta(seconds=delay * (1 + SLACK)), timedelta(seconds=delay * SLACK)
    if host.next_at > now + LONGEST_QUEUE:
        host.next_at = host.booked_until = now
    if now >= host.next_at - slack:
        host.next_at = max(now, host.next_at) + step
        return None
    slot = max(host.next_at, host.booked_until)
    if (
        slot > now + LONGEST_QUEUE
    ):  # from the front again: who comes too early then is sent to the back once more
        slot = host.next_at
    host.booked_until = slot + step
    return Later(slot, f"waits for its turn at {host.name}")


def _space(url: str, delay: float) -> None:
    """Its rules were read in the turn of the page that they were read for: the delay they ask for counts from now."""
    until = timezone.now() + timedelta(seconds=delay * (1 + SLACK))
    Host.objects.filter(name=_name(url), next_at__lt=until).update(next_at=until)


def _delay(host: Host) -> float:
    """Seconds between two requests: what the server wants, else ours; none for a newsroom's own machines."""
    if host.crawl_delay is not None:
        return host.crawl_delay
    own = urlsplit(f"//{host.name}").hostname in settings.FETCH_PRIVATE_HOSTS
    return 0.0 if own else float(settings.FETCH_DELAY)


def _locked(url: str) -> Host:
    name = _name(url)
    Host.objects.get_or_create(name=name)
    return Host.objects.select_for_update().get(name=name)


def _name(url: str) -> str:
    return urlsplit(url).netloc.lower()[:300]
