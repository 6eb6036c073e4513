// The drawing of a line chart, in the colours of the style sheet. Fetched when a chart is first shown.
import { formatCount } from "../lib/format.js";
import uPlot from "../vendor/uplot.js";

const kLines = {
  net: { colour: "--chart-net", fill: "--chart-fill", width: 2 },
  gross: { colour: "--chart-gross", width: 1.5, dash: [2, 3] },
  before: { colour: "--chart-before", width: 1.5, dash: [8, 3, 2, 3] },
  open: { colour: "--chart-net", width: 2, dash: [6, 4] },
};

/** As the browser computes it: a custom property may be any text that makes a colour. */
function colours(box) {
  const probe = document.createElement("span");
  box.append(probe);
  const read = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const names = ["--ink-soft", "--line", "--line-strong", "--chart-net", "--chart-gross", "--chart-before", "--chart-fill"];
  const found = Object.fromEntries(names.map((name) => [name, read(name)]));
  probe.remove();
  return found;
}

export function makePlot(box, { kinds, data, rows, marks, height, onCursor, onSelect }) {
  const colour = colours(box);
  const axis = { stroke: colour["--ink-soft"], font: "12px system-ui, sans-serif", grid: { stroke: colour["--line"], width: 1 }, ticks: { show: false } };
  const line = (kind) => {
    const { colour: name, fill, ...more } = kLines[kind];
    return { stroke: colour[name], fill: fill && colour[fill], points: { show: false }, ...more };
  };
  return new uPlot(
    {
      width: Math.max(200, box.clientWidth),
      height,
      padding: [12, 12, 0, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 8 } },
      scales: { y: { range: (_, _low, high) => [0, Math.max(4, high * 1.08)] } },
      axes: [
        { ...axis, size: 30, grid: { show: false }, space: 64, incrs: kDays, values: (_, at) => at.map((second) => shortLabel(rows(), second)) },
        { ...axis, size: 52, incrs: kCounts, values: (_, at) => at.map((each) => formatCount(each)) },
      ],
      series: [{}, ...kinds.map(line), line("open")],
      hooks: { ...drawMarks(marks, rows, colour["--line-strong"]), ...cursorHooks(onCursor, onSelect) },
    },
    data,
    box,
  );
}

const kDays = [1, 2, 7, 14, 28, 56, 91, 182, 364, 728].map((days) => days * 86400);
const kCounts = Array.from({ length: 12 }, (_, n) => 10 ** n).flatMap((size) => [size, 2 * size, 5 * size]);

const shortLabel = (rows, second) => rows.find((row) => row.second >= second)?.short ?? "";

function cursorHooks(onCursor, onSelect) {
  return {
    setCursor: [(plot) => plot.cursor.idx !== undefined && onCursor(plot.cursor.idx)],
    setSelect: [
      (plot) => {
        const { left, width } = plot.select;
        if (width < 8) return;
        const [first, last] = [plot.posToIdx(left), plot.posToIdx(left + width)];
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        if (last > first) onSelect(first, last);
      },
    ],
  };
}

function drawMarks(marks, rows, colour) {
  if (marks.length === 0) return {};
  return {
    draw: [
      (plot) => {
        const { ctx, bbox } = plot;
        ctx.save();
        ctx.strokeStyle = colour;
        ctx.setLineDash([1, 3]);
        for (const { place } of marks) {
          const row = rows()[place];
          if (!row) continue;
          const x = Math.round(plot.valToPos(row.second, "x", true));
          ctx.beginPath();
          ctx.moveTo(x, bbox.top);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
        }
        ctx.restore();
      },
    ],
  };
}
