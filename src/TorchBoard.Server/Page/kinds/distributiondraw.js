// Draws the histograms of a run over its steps: one behind the other, as a map of heat, or as bands of percentiles.

import { axisNumber } from '../format.js';
import { letterScale } from '../theme.js';
import { percentiles, resample, ticksOf } from './distribution.js';

// More ridges than fit are not told apart.
const pixelsOfRidge = 7;
const pixelsOfBin = 4;
const pixelsOfCell = 2;

/**
 * drawing(mode, series, range, size, colors) → { draw(context, marked), locate(x, y) → { index, value }, place(index, value) →
 * [x, y] }. series: { steps, values: histograms }; colors: { run, text, muted, grid, surface }.
 */
export function drawing(mode, series, range, size, colors) {
  return { ridges, heat, bands }[mode](series, range, size, colors);
}

function ridges(series, [from, to], { width, height }, colors) {
  const letters = letterScale();
  const box = { left: 8, top: 8, right: width - 46 * letters, bottom: height - 22 * letters };
  const chosen = evenly(series.steps.length, Math.max(2, Math.floor((box.bottom - box.top) / pixelsOfRidge)));
  const bins = Math.max(8, Math.floor((box.right - box.left) / pixelsOfBin));
  const counts = chosen.map(index => resample(series.values[index], from, to, bins));
  const most = Math.max(...counts.map(list => list.reduce((a, b) => Math.max(a, b), 0)), 1e-300);
  const rise = chosen.length === 1 ? box.bottom - box.top : Math.min((box.bottom - box.top) * 0.48, 130);
  const toX = value => box.left + (value - from) / (to - from) * (box.right - box.left);
  const base = i => chosen.length === 1 ? box.bottom : box.top + rise + i / (chosen.length - 1) * (box.bottom - box.top - rise);

  return {
    draw(context, marked) {
      axisX(context, box, from, to, toX, colors);
      chosen.forEach((index, i) => {
        const y = base(i);
        context.beginPath();
        context.moveTo(box.left, y);
        counts[i].forEach((count, bin) => context.lineTo(box.left + (bin + 0.5) / bins * (box.right - box.left), y - count / most * rise));
        context.lineTo(box.right, y);
        context.fillStyle = mix(colors.run, colors.surface, 0.25 + 0.55 * (i + 1) / chosen.length);
        context.fill();
        context.strokeStyle = marked?.index === index ? colors.text : colors.surface;
        context.lineWidth = marked?.index === index ? 1.6 : 0.8;
        context.stroke();
      });
      context.fillStyle = colors.muted;
      context.textAlign = 'left';
      context.textBaseline = 'middle';
      let last = -Infinity;
      chosen.forEach((index, i) => {
        if (base(i) - last >= 15 * letters || marked?.index === index) {
          context.fillText(axisNumber(Number(series.steps[index])), box.right + 6, base(i), 40 * letters);
          last = base(i);
        }
      });
      mark(context, marked, toX, null, box, colors);
    },
    locate(x, y) {
      let i = chosen.findIndex((_, at) => base(at) >= y);
      i = i < 0 ? chosen.length - 1 : i;
      return { index: chosen[i], value: from + (x - box.left) / (box.right - box.left) * (to - from) };
    },
    place: (index, value) => [toX(value), base(nearestIn(chosen, index))],
    indexes: chosen,
  };
}

function heat(series, [from, to], size, colors) {
  const { box, chosen, toX, toY, columnOf } = overSteps(series, [from, to], size);
  const bins = Math.max(8, Math.floor((box.bottom - box.top) / pixelsOfCell));
  const cell = (box.bottom - box.top) / bins;
  const shares = chosen.map(index => shareOf(resample(series.values[index], from, to, bins)));
  const most = Math.max(...shares.map(list => list.reduce((a, b) => Math.max(a, b), 0)), 1e-300);
  return {
    draw(context, marked) {
      axes(context, box, series, [from, to], toX, toY, colors);
      chosen.forEach((_, i) => {
        // On whole pixels, so that no seams are seen.
        const [left, right] = columnOf(i).map(Math.round);
        context.fillStyle = colors.run;
        shares[i].forEach((share, bin) => {
          if (share > 0) {
            // The eye tells few from none before it tells many from more.
            context.globalAlpha = 0.05 + 0.95 * Math.sqrt(share / most);
            const top = Math.round(box.bottom - (bin + 1) * cell);
            context.fillRect(left, top, Math.max(right - left, 1), Math.round(box.bottom - bin * cell) - top);
          }
        });
      });
      context.globalAlpha = 1;
      mark(context, marked, value => toX(value), toY, box, colors, series);
    },
    locate: (x, y) => locateOverSteps(series, chosen, toX, x, from + (box.bottom - y) / (box.bottom - box.top) * (to - from)),
    place: (index, value) => [toX(series.steps[index]), toY(value)],
    indexes: chosen,
  };
}

function bands(series, [from, to], size, colors) {
  const { box, chosen, toX, toY } = overSteps(series, [from, to], size);
  const lines = chosen.map(index => percentiles(series.values[index]));
  return {
    draw(context, marked) {
      axes(context, box, series, [from, to], toX, toY, colors);
      context.fillStyle = colors.run;
      for (let band = 0; band < 4; band++) {
        context.globalAlpha = [0.16, 0.2, 0.24, 0.3][band];
        context.beginPath();
        chosen.forEach((index, i) => context.lineTo(toX(series.steps[index]), toY(lines[i][band])));
        for (let i = chosen.length - 1; i >= 0; i--) {
          context.lineTo(toX(series.steps[chosen[i]]), toY(lines[i][8 - band]));
        }
        context.fill();
        if (chosen.length === 1) {
          context.fillRect(toX(series.steps[chosen[0]]) - 4, toY(lines[0][8 - band]), 8, Math.max(toY(lines[0][band]) - toY(lines[0][8 - band]), 1));
        }
      }
      context.globalAlpha = 1;
      context.strokeStyle = colors.run;
      context.lineWidth = 1.6;
      context.beginPath();
      chosen.forEach((index, i) => context.lineTo(toX(series.steps[index]), toY(lines[i][4])));
      context.stroke();
      mark(context, marked, value => toX(value), toY, box, colors, series);
    },
    locate: (x, y) => locateOverSteps(series, chosen, toX, x, from + (box.bottom - y) / (box.bottom - box.top) * (to - from)),
    place: (index, value) => [toX(series.steps[index]), toY(value)],
    indexes: chosen,
  };
}

function shareOf(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts.map(count => count / total);
}

function overSteps(series, [from, to], { width, height }) {
  const letters = letterScale();
  const box = { left: 52 * letters, top: 8, right: width - 10, bottom: height - 22 * letters };
  const chosen = evenly(series.steps.length, Math.max(2, Math.floor(box.right - box.left)));
  const first = Math.min(...series.steps);
  const last = Math.max(...series.steps);
  const middle = (box.left + box.right) / 2;
  const toX = step => last === first ? middle : box.left + (step - first) / (last - first) * (box.right - box.left);
  const toY = value => box.bottom - (value - from) / (to - from) * (box.bottom - box.top);
  const columnOf = i => {
    const at = k => toX(series.steps[chosen[k]]);
    const half = chosen.length === 1 ? 20 : 0;
    return [i === 0 ? at(0) - half : (at(i - 1) + at(i)) / 2, i === chosen.length - 1 ? at(i) + half : (at(i) + at(i + 1)) / 2];
  };
  return { box, chosen, toX, toY, columnOf };
}

function locateOverSteps(series, chosen, toX, x, value) {
  let found = chosen[0];
  for (const index of chosen) {
    if (Math.abs(toX(series.steps[index]) - x) <= Math.abs(toX(series.steps[found]) - x)) {
      found = index;
    }
  }
  return { index: found, value };
}

function axes(context, box, series, [from, to], toX, toY, colors) {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of ticksOf(from, to, (box.bottom - box.top) / (45 * letterScale()))) {
    line(context, box.left, toY(tick), box.right, toY(tick), colors.grid);
    context.fillStyle = colors.muted;
    context.fillText(axisNumber(tick), box.left - 6, toY(tick), box.left - 6);
  }
  context.textBaseline = 'top';
  const first = Math.min(...series.steps);
  const last = Math.max(...series.steps);
  for (const tick of first === last ? [first] : ticksOf(first, last, (box.right - box.left) / (80 * letterScale()))) {
    context.textAlign = toX(tick) > box.right - 14 ? 'right' : 'center';
    context.fillStyle = colors.muted;
    context.fillText(axisNumber(tick), Math.min(toX(tick), box.right + 8), box.bottom + 6);
  }
}

function axisX(context, box, from, to, toX, colors) {
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of ticksOf(from, to, (box.right - box.left) / (80 * letterScale()))) {
    line(context, toX(tick), box.top, toX(tick), box.bottom, colors.grid);
    context.fillStyle = colors.muted;
    context.fillText(axisNumber(tick), toX(tick), box.bottom + 6);
  }
}

// toY is null where a step is no place on an axis.
function mark(context, marked, toX, toY, box, colors, series) {
  if (marked === null || marked === undefined) {
    return;
  }
  const x = toX(toY === null ? marked.value : series.steps[marked.index]);
  line(context, x, box.top, x, box.bottom, colors.muted);
  if (toY !== null) {
    line(context, box.left, toY(marked.value), box.right, toY(marked.value), colors.muted);
  }
}

function line(context, x1, y1, x2, y2, color) {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  context.stroke();
}

// At most so many of the indexes, evenly spaced, with the first and the last.
function evenly(count, most) {
  const chosen = Math.min(count, most);
  return Array.from({ length: chosen }, (_, i) => chosen === 1 ? count - 1 : Math.round(i * (count - 1) / (chosen - 1)));
}

function nearestIn(chosen, index) {
  return chosen.reduce((best, value, i) => Math.abs(value - index) < Math.abs(chosen[best] - index) ? i : best, 0);
}

function mix(color, ground, share) {
  return 'color-mix(in srgb, ' + color + ' ' + Math.round(share * 100) + '%, ' + ground + ')';
}
