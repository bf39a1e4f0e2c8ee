// Charts of figures a day, drawn by uPlot from the table under each: the page needs no other data, and who
// does not see the chart reads the table. data-chart says how: lines, bars or stack.

const HEIGHT = 220;
const DAY = 86400;
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const whole = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** The table's days as seconds, and its columns as series. */
function read(table) {
  const heads = [...table.querySelectorAll("thead th")].slice(1);
  const rows = [...table.querySelectorAll("tbody tr")];
  const days = rows.map((row) => Date.parse(row.querySelector("time").dateTime) / 1000);
  const series = heads.map((head, n) => ({
    label: head.textContent,
    className: head.dataset.series,
    values: rows.map((row) => Number(row.cells[n + 1].dataset.value)),
  }));
  return { days, series };
}

/** The colour that the style sheet gives a class in the theme of now. */
function colour(className, figure) {
  const probe = document.createElement("span");
  probe.className = className;
  figure.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** Each series on top of those after it, so that the first named lies on top. */
function stacked(series) {
  const sums = series.map((one) => [...one.values]);
  for (let n = series.length - 2; n >= 0; n--) sums[n] = sums[n].map((value, at) => value + sums[n + 1][at]);
  return sums;
}

function options(kind, { days, series }, figure, width) {
  const [text, grid] = [colour("axis", figure), colour("grid", figure)];
  const axis = { stroke: text, font: "12px sans-serif", grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  const value = (_, __, number, at) => (at == null ? "–" : whole.format(series[number - 1].values[at]));
  const look = (one, number) => {
    const ink = colour(one.className, figure);
    if (kind === "bars") return { fill: ink, stroke: ink, paths: uPlot.paths.bars({ size: [0.38, 24], align: number ? 1 : -1 }) };
    if (kind === "stack") return { fill: ink, stroke: colour("grid", figure), width: 1 };
    return { stroke: ink, width: 2, dash: DASHES[number % DASHES.length] };
  };
  const room = kind === "bars" ? DAY / 2 : 0;
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: {
      x: { range: () => [days[0] - room, days[days.length - 1] + room] },
      y: { range: (_, __, high) => [0, Math.max(high, 1) * 1.05] },
    },
    bands: kind === "stack" ? series.slice(1).map((_, n) => ({ series: [n + 1, n + 2] })) : [],
    cursor: { drag: { x: false, y: false }, points: { show: kind === "lines" } },
    series: [
      { label: "day", value: (_, at) => (at == null ? "–" : short.format(at * 1000)) },
      ...series.map((one, number) => ({ label: one.label, value, points: { show: kind === "lines" && days.length < 3 }, ...look(one, number) })),
    ],
    axes: [
      { ...axis, space: 70, incrs: [1, 2, 7, 14].map((n) => n * DAY), values: (_, at) => at.map((day) => short.format(day * 1000)) },
      { ...axis, size: 52, incrs: [1, 2, 5, 10, 20, 50].flatMap((n) => [n, n * 100, n * 1e4, n * 1e6]).sort((a, b) => a - b), values: (_, at) => at.map((found) => compact.format(found)) },
    ],
  };
}

function draw(figure) {
  const data = read(figure.querySelector("table"));
  const place = figure.querySelector(".plot");
  const kind = figure.dataset.chart;
  const columns = kind === "stack" ? stacked(data.series) : data.series.map((one) => one.values);
  let plot;
  const anew = () => {
    plot?.destroy();
    plot = new uPlot(options(kind, data, figure, place.clientWidth), [data.days, ...columns], place);
  };
  anew();
  new ResizeObserver(() => place.clientWidth !== plot.width && plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  new MutationObserver(anew).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
}

for (const figure of document.querySelectorAll("figure[data-chart]")) draw(figure);
