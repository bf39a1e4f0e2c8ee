// The dossier's parts that are fetched when they are wanted, and the chart of values over time.

import { lightUp } from "./pairs.js";
import { drawCharts } from "./values.js";

/** Replace what stands in for a part, its link, by the part itself; the link stays where that fails. */
async function fill(place) {
  const { src } = place.dataset;
  delete place.dataset.src; // once is enough
  const stand_in = place.querySelector(":scope > p:last-child");
  try {
    const answer = await fetch(src, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status} ${answer.url}`);
    const part = document.createElement("div");
    part.innerHTML = await answer.text();
    stand_in.replaceWith(part);
    lightUp(part);
    drawCharts(part);
  } catch (error) {
    place.dataset.src = src; // unfolding it again tries again
    stand_in.append(" It could not be shown here.");
    throw error;
  }
}

for (const section of document.querySelectorAll("section[data-src]")) fill(section);
for (const details of document.querySelectorAll("details[data-src]")) {
  details.addEventListener("toggle", () => {
    if (details.open && details.dataset.src) fill(details);
  });
}
drawCharts(document);
