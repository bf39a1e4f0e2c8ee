// The form on a claim's dossier: what a verdict asks for is asked for before it is sent, a form is sent once,
// and while somebody works on the page the claim stays theirs.
(() => {
  "use strict";
  const KEEP_EVERY = 3 * 60 * 1000; // milliseconds between renewals; a lease is longer

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("decision");
    if (form) asks(form);
    const keep = document.getElementById("keep");
    if (keep) keepsHold(keep);
  });

  function asks(form) {
    const { note, links } = form.elements;
    let chosen = null;

    function demand(button) {
      chosen = button;
      const needs = button.dataset.needs;
      const ticked = document.querySelector('input[name="mention"][form="decision"]:checked');
      const bare = needs === "evidence" && !links.value.trim() && !ticked;
      note.required = needs === "note";
      links.setCustomValidity(bare ? "Name an address, or tick a mention that says otherwise." : "");
    }

    form.querySelectorAll('button[name="word"]').forEach((button) => {
      button.addEventListener("click", () => demand(button));
    });
    links.addEventListener("input", () => links.setCustomValidity(""));
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !chosen) return;
      event.preventDefault();
      chosen.click();
    });
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
    window.addEventListener("pageshow", () => delete form.dataset.sent); // back again, from the browser's cache
  }

  function keepsHold(keep) {
    let last = Date.now();
    const renew = () => {
      if (Date.now() - last < KEEP_EVERY) return;
      last = Date.now();
      fetch(keep.action, { method: "POST", body: new FormData(keep), redirect: "manual" });
    };
    ["keydown", "pointerdown", "scroll"].forEach((what) => document.addEventListener(what, renew, { passive: true }));
  }
})();
