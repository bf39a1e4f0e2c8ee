// Two claims side by side: what answers what lights up together, and one key gives the answer.

const TYPING = "input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select, [contenteditable]";

/** Mark the words on both sides, and the row of the table, that belong together. */
export function lightUp(root) {
  for (const aligned of root.querySelectorAll("[data-aligned]")) {
    const light = (event) => {
      const row = event.target.closest("[data-row]")?.dataset.row;
      for (const one of aligned.querySelectorAll("[data-row]")) {
        one.classList.toggle("lit", event.type === "mouseover" && one.dataset.row === row);
      }
    };
    aligned.addEventListener("mouseover", light);
    aligned.addEventListener("mouseout", light);
  }
}

function answer(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  const link = { n: "a[rel=next]", p: "a[rel=prev]" }[event.key];
  const target = button ?? (link && document.querySelector(link));
  if (!target) return;
  event.preventDefault();
  target.click();
}

if (document.querySelector("form[data-keys], .round")) document.addEventListener("keydown", answer);
lightUp(document);
