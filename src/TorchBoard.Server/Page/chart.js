// One chart: uPlot's axes, grid, crosshair and selection, with our curves drawn between them, and the pointer and keys.

import uPlot from './vendor/uPlot.esm.js';
import { axisNumber, axisTimes, duration } from './format.js';
import { canvasPen, drawCurves } from './draw.js';
import { fingers } from './pinch.js';
import { cssColor, letterScale } from './theme.js';

const secondsApart = [
  1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200,
  ...[1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 3650].map(days => days * 86400),
];

/**
 * createChart(host, view, on) → { update(view), close(), crosshair(x), figure() }. host is the element to fill.
 *
 * view: { curves, x, log, rangeX, rangeY, originals, highlight }.
 * on: { zoom(rangeX, rangeY), pan(rangeX, rangeY), reset(), pointer(x, fraction, event), leave() }; rangeY is null if it stays.
 * fraction of the pointer is its height in the chart from 0 (top) to 1.
 */
export function createChart(host, view, on) {
  let colors = readColors();
  const letters = letterScale();
  const plot = new uPlot({
    ...sizeOf(host),
    legend: { show: false },
    padding: [10, 14, 0, 0],
    cursor: {
      drag: { x: true, y: true, uni: 24, dist: 4, setScale: false },
      points: { show: false },
      bind: { dblclick: () => () => { on.reset(); return null; } },
    },
    scales: {
      x: { time: false, auto: false, range: () => view.rangeX },
      y: { auto: false, range: () => view.rangeY, distr: view.log ? 3 : 1 },
    },
    axes: [
      {
        ...axisStyle(), size: Math.round((view.x === 'wall' ? 38 : 24) * letters), space: (view.x === 'step' ? 50 : 66) * letters, incrs: view.x === 'step' ? undefined : secondsApart,
        values: (u, splits, axis, space, step) => view.x === 'step' ? splits.map(label) : view.x === 'wall' ? axisTimes(splits, step) : splits.map(duration),
      },
      { ...axisStyle(), size: (u, values) => Math.round(widthOfLabels(values) * letters), space: 28 * letters, values: (u, splits) => splits.map(label) },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: {
      draw: [u => draw(u)],
      setSelect: [u => select(u)],
      setCursor: [u => moveCursor(u)],
    },
  // uPlot draws no curve here; it needs data to have axes.
  }, [[0, 1], [1, 2]], host);

  let silent = false;
  let pan = null;

  function axisStyle() {
    return {
      stroke: () => colors.text, grid: { stroke: () => colors.grid, width: 1 }, ticks: { show: false }, border: { show: true, stroke: () => colors.border, width: 1 },
      font: Math.round(11 * letters) + 'px system-ui, sans-serif', gap: 6 * letters,
    };
  }

  function draw(u) {
    const box = u.bbox;
    drawCurves(canvasPen(u.ctx, devicePixelRatio), view.curves, box, scaleOf(view.rangeX, false, box.left, box.width), scaleOf(view.rangeY, view.log, box.top + box.height, -box.height), view);
  }

  function select(u) {
    const { left, top, width, height } = u.select;
    if (width <= 0 || height <= 0) {
      return;
    }
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    const whole = { x: width >= u.over.clientWidth - 1, y: height >= u.over.clientHeight - 1 };
    const x = whole.x ? null : [u.posToVal(left, 'x'), u.posToVal(left + width, 'x')];
    const y = whole.y ? null : [u.posToVal(top + height, 'y'), u.posToVal(top, 'y')];
    if (x !== null || y !== null) {
      on.zoom(x, y);
    }
  }

  function moveCursor(u) {
    if (silent || pan !== null) {
      return;
    }
    const { left, top, event } = u.cursor;
    if (left < 0) {
      on.leave();
    } else {
      on.pointer(u.posToVal(left, 'x'), top / u.over.clientHeight, event ?? null);
    }
  }

  // Shift and drag pans. uPlot must not see the button, which would begin a selection.
  plot.over.addEventListener('mousedown', event => {
    if (event.shiftKey || event.button === 1) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pan = { at: [event.clientX, event.clientY], x: view.rangeX, y: view.rangeY };
      on.leave();
      document.addEventListener('mousemove', movePan);
      document.addEventListener('mouseup', endPan, { once: true });
    }
  }, { capture: true });

  function movePan(event) {
    const x = shifted(pan.x, false, -(event.clientX - pan.at[0]) / plot.over.clientWidth);
    const away = event.clientY - pan.at[1];
    on.pan(x, Math.abs(away) < 8 ? null : shifted(pan.y, view.log, away / plot.over.clientHeight));
  }

  function endPan() {
    document.removeEventListener('mousemove', movePan);
    pan = null;
  }

  // Sideways: up and down scrolls the page.
  let range = null;
  const letGo = fingers(plot.over, {
    one: 'sideways',
    begin() {
      range = view.rangeX;
      on.leave();
    },
    move(dx, dy, factor, [x]) {
      const box = plot.over.getBoundingClientRect();
      range = scaled(shifted(range, false, -dx / box.width), 1 / factor, (x - box.left) / box.width);
      on.pan(range, null);
    },
  });

  function wheel(event) {
    if (event.ctrlKey || event.altKey) {
      event.preventDefault();
      const box = plot.over.getBoundingClientRect();
      on.pan(scaled(view.rangeX, Math.pow(1.002, event.deltaY), (event.clientX - box.left) / box.width), null);
    }
  }
  host.addEventListener('wheel', wheel, { passive: false });

  // The crosshair of the keyboard, as a share of the width.
  let at = 1;
  function key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (step !== undefined && event.shiftKey) {
      on.pan(shifted(view.rangeX, false, step * 0.1), null);
    } else if (step !== undefined) {
      at = Math.max(0, Math.min(1, at + step / 50));
      plot.setCursor({ left: at * plot.over.clientWidth, top: plot.over.clientHeight / 2 });
    } else if (event.key === '+' || event.key === '=') {
      on.pan(scaled(view.rangeX, 0.7, 0.5), null);
    } else if (event.key === '-') {
      on.pan(scaled(view.rangeX, 1 / 0.7, 0.5), null);
    } else if (event.key === '0' || event.key === 'Escape') {
      plot.setCursor({ left: -10, top: -10 });
      on.reset();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
  host.addEventListener('keydown', key);

  const resized = new ResizeObserver(() => {
    const size = sizeOf(host);
    if (size.width !== plot.width || size.height !== plot.height) {
      plot.setSize(size);
    }
  });
  resized.observe(host);

  return {
    update(next) {
      view = next;
      plot.batch(() => {
        plot.setScale('x', { min: view.rangeX[0], max: view.rangeX[1] });
        plot.setScale('y', { min: view.rangeY[0], max: view.rangeY[1] });
        plot.redraw(false, true);
      });
    },
    /** Reads the colors of the theme again; update draws with them. */
    recolor() {
      colors = readColors();
    },
    /** Shows the crosshair at an x, or hides it, without on.pointer. */
    crosshair(x) {
      silent = true;
      plot.setCursor(x === null ? { left: -10, top: -10 } : { left: plot.valToPos(x, 'x'), top: -10 });
      silent = false;
    },
    /** What a picture of the chart needs: the view, its ticks and their labels. */
    figure() {
      const ticks = index => plot.axes[index]._splits.map((value, i) => ({ value, label: plot.axes[index]._values[i] ?? '' })).filter(tick => tick.value !== null);
      return { view, ticksX: ticks(0), ticksY: ticks(1) };
    },
    close() {
      resized.disconnect();
      host.removeEventListener('wheel', wheel);
      host.removeEventListener('keydown', key);
      letGo();
      endPan();
      plot.destroy();
    },
  };
}

/** A function from values to positions: from `origin`, over `length`. What a logarithmic axis cannot show is NaN. */
export function scaleOf([min, max], log, origin, length) {
  if (log) {
    const [low, factor] = [Math.log(min), length / Math.log(max / min)];
    return value => value > 0 ? origin + (Math.log(value) - low) * factor : NaN;
  }
  const factor = length / (max - min);
  return value => origin + (value - min) * factor;
}

function shifted([min, max], log, share) {
  if (log) {
    const factor = Math.pow(max / min, share);
    return [min * factor, max * factor];
  }
  const way = (max - min) * share;
  return [min + way, max + way];
}

function scaled([min, max], factor, center) {
  const middle = min + (max - min) * center;
  return [middle - (middle - min) * factor, middle + (max - middle) * factor];
}

function sizeOf(host) {
  return { width: Math.max(80, host.clientWidth), height: Math.max(80, host.clientHeight) };
}

function readColors() {
  return { text: cssColor('--muted'), grid: cssColor('--grid'), border: cssColor('--border') };
}

function label(value) {
  return value === null || value === undefined ? '' : axisNumber(value);
}

// As wide as its longest label, but not changing with every digit.
function widthOfLabels(values) {
  const longest = Math.max(2, ...(values ?? []).map(value => value?.length ?? 0));
  return Math.ceil(longest / 2) * 2 * 6.2 + 16;
}
