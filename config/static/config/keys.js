// One key, one deed: whatever has data-key="k" is clicked (a field: focused) when k is pressed.
//
// A page only marks its buttons, links and fields; the list of keys under "?" is made of what is marked.
// data-key-label says what a key does where the text of the element does not. Where two have the same key,
// the one in the [data-keys] block that has the focus is meant, then the one in [data-keys="first"], then
// the first on the page. Nothing is done while somebody types, and a key that is held down acts once.
// Single keys can be switched off under "?" (WCAG 2.1.4); the choice stays in this browser.
(() => {
  "use strict";
  const SETTING = "twosource.keys";
  const NO_TEXT = ["button", "checkbox", "radio", "submit", "reset", "image", "file"];

  const on = () => localStorage.getItem(SETTING) !== "off";
  const visible = (element) => element.checkVisibility();
  const marked = () => [...document.querySelectorAll("[data-key]")].filter(visible);

  function types(element) {
    if (element.matches("textarea, select, [contenteditable]")) return true;
    return element.matches("input") && !NO_TEXT.includes(element.type);
  }

  function find(key) {
    const all = marked().filter((element) => element.dataset.key === key);
    const block = document.activeElement && document.activeElement.closest("[data-keys]");
    return (
      all.find((element) => block && block.contains(element)) ||
      all.find((element) => element.closest('[data-keys="first"]')) ||
      all[0]
    );
  }

  function act(element) {
    if (types(element)) {
      element.focus();
      return;
    }
    element.click();
    const details = element.matches("summary") && element.parentElement;
    if (details && details.open) details.querySelector("input:not([type='hidden']), textarea, select").focus();
  }

  function labelOf(element) {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    const label = element.labels && element.labels[0];
    const copy = (label || element).cloneNode(true);
    copy.querySelectorAll("kbd").forEach((key) => key.remove());
    return copy.textContent.trim().replace(/\s+/g, " ") || element.getAttribute("aria-label") || "";
  }

  function element(name, words, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = words;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function list() {
    const rows = element("dl", "", { class: "keys-list" });
    const keys = [...new Set(marked().map((one) => one.dataset.key))];
    const all = keys.map((key) => [key, labelOf(find(key))]);
    all.push(["?", "This list"], ["Esc", "Leave a field, close this list"]);
    all.forEach(([key, words]) => {
      const term = element("dt", "");
      term.append(element("kbd", key));
      rows.append(term, element("dd", words));
    });
    return rows;
  }

  function help() {
    const dialog = element("dialog", "", { class: "keys-help", "aria-labelledby": "keys-title" });
    const toggle = element("input", "", { type: "checkbox", id: "keys-on" });
    toggle.checked = on();
    toggle.addEventListener("change", () => localStorage.setItem(SETTING, toggle.checked ? "on" : "off"));
    const choice = element("p", "");
    choice.append(toggle, element("label", "single keys act", { for: "keys-on" }));
    const close = element("button", "Close", { type: "button", class: "button", autofocus: "" });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(element("h2", "Keys on this page", { id: "keys-title" }), list(), choice, close);
    document.getElementById("content").append(dialog);
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (types(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.repeat || (event.key !== "?" && !on())) return;
    const meant = find(event.key);
    if (event.key === "?") help();
    else if (meant) act(meant);
    else return;
    event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const all = marked();
    all.forEach((one) => one.setAttribute("aria-keyshortcuts", one.dataset.key));
    if (!all.length) return;
    const open = element("button", "Keys ", { type: "button", class: "keys-open" });
    open.append(element("kbd", "?"));
    open.addEventListener("click", help);
    document.getElementById("content").append(open);
  });
})();
