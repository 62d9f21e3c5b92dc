// A chart as a file: SVG and PNG as it is seen, with a legend; CSV with every point.

import { canvasPen, drawCurves, svgPen } from './draw.js';
import { cssColor } from './theme.js';
import { s, shortened } from './dom.js';
import { scaleOf } from './chart.js';

const legendRows = 24;

/** Saves a figure of chart.js as `kind` 'svg' or 'png', in the colors of the theme. */
export async function savePicture(kind, title, figure) {
  const { width, height, draw } = layout(title, figure);
  if (kind === 'svg') {
    const root = s('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: '0 0 ' + width + ' ' + height });
    root.append(s('rect', { width, height, fill: cssColor('--surface') }));
    draw(svgPen(root, s));
    save(fileName(title, 'svg'), new Blob([new XMLSerializer().serializeToString(root)], { type: 'image/svg+xml' }));
    return;
  }
  const scale = 2;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  context.fillStyle = cssColor('--surface');
  context.fillRect(0, 0, width, height);
  draw(canvasPen(context, 1));
  save(fileName(title, 'png'), await new Promise(resolve => canvas.toBlob(resolve, 'image/png')));
}

/** Saves series [{ run: name, steps, values, times }] as CSV. */
export function saveCsv(title, tag, series) {
  const lines = ['run,tag,step,wall_time,value'];
  for (const { run, steps, values, times } of series) {
    const head = cell(run) + ',' + cell(tag) + ',';
    for (let i = 0; i < steps.length; i++) {
      lines.push(head + steps[i] + ',' + times[i] + ',' + values[i]);
    }
  }
  save(fileName(title, 'csv'), new Blob([lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
}

// Spreadsheets run what begins with = + - or @ as a formula, so that a name must not begin with it.
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

function layout(title, { view, ticksX, ticksY }) {
  const curves = view.curves.slice(0, legendRows);
  const [width, plotHeight] = [800, 400];
  const box = { left: 70, top: 44, width: width - 90, height: plotHeight };
  const height = box.top + plotHeight + 46 + Math.ceil(curves.length / 2) * 20 + 12;
  const toX = scaleOf(view.rangeX, false, box.left, box.width);
  const toY = scaleOf(view.rangeY, view.log, box.top + box.height, -box.height);
  const [text, muted, grid] = [cssColor('--text'), cssColor('--muted'), cssColor('--grid')];

  function line(pen, from, to) {
    pen.begin();
    pen.move(...from);
    pen.line(...to);
    pen.stroke(grid, 1, 1);
  }

  function draw(pen) {
    pen.text(shortened(plain(title), 90), box.left, 26, text, 16, 'start', '600');
    for (const { value, label } of ticksX.filter(tick => inside(tick.value, view.rangeX))) {
      line(pen, [toX(value), box.top], [toX(value), box.top + box.height]);
      label.split('\n').forEach((part, i) => pen.text(part, toX(value), box.top + box.height + 18 + i * 14, muted, 12, 'middle'));
    }
    for (const { value, label } of ticksY.filter(tick => inside(tick.value, view.rangeY))) {
      line(pen, [box.left, toY(value)], [box.left + box.width, toY(value)]);
      pen.text(label, box.left - 8, toY(value) + 4, muted, 12, 'end');
    }
    drawCurves(pen, view.curves, box, toX, toY, { ...view, highlight: null });
    curves.forEach((curve, i) => {
      const [x, y] = [box.left + (i % 2) * box.width / 2, box.top + box.height + 54 + Math.floor(i / 2) * 20];
      pen.begin();
      pen.move(x, y - 4);
      pen.line(x + 16, y - 4);
      pen.stroke(curve.color, 3, 1);
      const rest = i === legendRows - 1 ? view.curves.length - legendRows : 0;
      pen.text(shortened(plain(curve.name), 50) + (rest > 0 ? ' + ' + rest : ''), x + 22, y, text, 12, 'start');
    });
  }

  return { width, height, draw };
}

function inside(value, [min, max]) {
  return value >= min && value <= max;
}

// Marks of direction would turn the rest of a text of SVG around.
function plain(text) {
  return text.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function fileName(title, extension) {
  const safe = title.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, 80);
  return (safe || 'chart') + '.' + extension;
}

function save(file, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
