// The chart of values over time, drawn by uPlot from the data beside it. The page has the same data as a table.

const HEIGHT = 260;
const DAY = 86400;
const DASHES = [[], [6, 4], [2, 3], [8, 3, 2, 3], [], [6, 4]];
const SHAPES = {
  circle: (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
  ring: (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
  square: (c, x, y, r) => c.rect(x - r, y - r, 2 * r, 2 * r),
  triangle: (c, x, y, r) => { c.moveTo(x, y - r); c.lineTo(x + r, y + r); c.lineTo(x - r, y + r); c.closePath(); },
  diamond: (c, x, y, r) => { c.moveTo(x, y - r); c.lineTo(x + r, y); c.lineTo(x, y + r); c.lineTo(x - r, y); c.closePath(); },
  cross: (c, x, y, r) => { c.rect(x - r, y - r / 3, 2 * r, r / 1.5); c.rect(x - r / 3, y - r, r / 1.5, 2 * r); },
};
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** The colour that a style sheet gives a class in the theme of now. */
function colour(className, element) {
  const probe = document.createElement("span");
  probe.className = className;
  element.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** One column for all times, and one for each line that is empty where the line has no value. */
function columns(lines) {
  const points = lines.flatMap((line, number) => line.points.map((point) => ({ ...point, number })));
  points.sort((a, b) => a.x - b.x);
  const found = [points.map((point) => point.x)];
  for (const number of lines.keys()) found.push(points.map((point) => (point.number === number ? point.y : null)));
  return { points, data: found };
}

/** The values with their margins, drawn over the lines. */
function marks(points, lines, ink) {
  return (plot) => {
    const { ctx } = plot;
    const ratio = devicePixelRatio || 1;
    ctx.save();
    ctx.lineWidth = 2 * ratio;
    ctx.setLineDash([]);
    for (const point of points) {
      if (plot.series[point.number + 1].show === false) continue;
      const [x, y, low, high] = [
        plot.valToPos(point.x, "x", true), ...[point.y, point.low, point.high].map((v) => plot.valToPos(v, "y", true)),
      ];
      ctx.strokeStyle = ctx.fillStyle = ink[point.number % ink.length];
      ctx.globalAlpha = 0.55;
      ctx.beginPath();
      for (const end of [low, high]) { ctx.moveTo(x - 4 * ratio, end); ctx.lineTo(x + 4 * ratio, end); }
      ctx.moveTo(x, low);
      ctx.lineTo(x, high);
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.beginPath();
      const { shape } = lines[point.number];
      SHAPES[shape](ctx, x, y, 4.5 * ratio);
      if (shape === "ring") ctx.stroke(); else ctx.fill();
    }
    ctx.restore();
  };
}

function options({ unit, lines }, points, figure, width) {
  const ink = [...Array(6).keys()].map((number) => colour(`line-${number}`, figure));
  const [text, grid] = [colour("axis", figure), colour("grid", figure)];
  const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  const [low, high] = [Math.min(...points.map((p) => p.low)), Math.max(...points.map((p) => p.high))];
  const span = points.at(-1).x - points[0].x;
  const when = span > 900 * DAY ? month : day;
  const margin = (high - low || Math.abs(high) || 1) * 0.12;
  const pad = (_, from, to) => {
    if (span === 0) return [points[0].x - 15 * DAY, points[0].x + 15 * DAY]; // uPlot would show years of nothing
    const room = Math.max((to - from) * 0.06, DAY);
    return [from - room, to + room];
  };
  const value = (_, found) => (found == null ? "–" : compact.format(found));
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { x: { range: pad }, y: { range: () => [low - margin, high + margin] } },
    legend: { live: false },
    cursor: { x: false, y: false, points: { show: false }, drag: { x: true, y: false } },
    series: [
      { label: "day", value: (_, at) => (at == null ? "–" : day.format(at * 1000)) },
      ...lines.map((line, number) => ({
        label: line.label, stroke: ink[number % ink.length], width: 1.5, dash: DASHES[number % DASHES.length],
        spanGaps: true, points: { show: false }, value,
      })),
    ],
    axes: [
      { ...axis, space: 85, incrs: [1, 2, 7, 14].map((n) => n * DAY).concat([1, 2, 3, 6].map((n) => n * 30.4375 * DAY), [1, 2, 5, 10, 20].map((n) => n * 365.25 * DAY)),
        values: (_, at) => at.map((second) => when.format(second * 1000)) },
      { ...axis, size: 64, label: unit, labelSize: 22, labelFont: "12px sans-serif", values: (_, at) => at.map((found) => compact.format(found)) },
    ],
    hooks: { draw: [marks(points, lines, ink)] },
  };
}

function draw(figure, chart) {
  const place = figure.querySelector(".plot");
  const { points, data } = columns(chart.lines);
  let plot;
  const anew = () => {
    plot?.destroy();
    plot = new uPlot(options(chart, points, figure, place.clientWidth), data, place);
  };
  anew();
  new ResizeObserver(() => place.clientWidth !== plot.width && plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  new MutationObserver(anew).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
}

/** Draw the charts in a part of the page. */
export function drawCharts(root) {
  for (const figure of root.querySelectorAll("figure[data-chart]")) {
    const data = root.querySelector(`#${CSS.escape(figure.dataset.chart)}`);
    draw(figure, JSON.parse(data.textContent));
  }
}
