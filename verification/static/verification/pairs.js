// Two claims side by side: what answers what lights up together.

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

lightUp(document);
