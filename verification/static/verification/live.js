// Keeps #live up to date: while it says data-live="seconds", the page is fetched anew and that part put in place.
"use strict";
(function () {
  function watch() {
    const live = document.getElementById("live");
    const seconds = live && Number(live.dataset.live);
    if (seconds) setTimeout(refresh, seconds * 1000);
  }
  async function refresh() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("live");
        const live = document.getElementById("live");
        if (fresh && live && !live.contains(document.activeElement)) live.replaceWith(fresh);
      }
    } catch { /* no answer: try again */ }
    watch();
  }
  watch();
})();
