// Draws curves with a pen: on a canvas for the screen and PNG, as elements for SVG.

/** A pen for a canvas. scale is the number of its pixels per pixel of CSS. */
export function canvasPen(canvas, scale) {
  return {
    begin: () => canvas.beginPath(),
    move: (x, y) => canvas.moveTo(x, y),
    line: (x, y) => canvas.lineTo(x, y),
    close: () => canvas.closePath(),
    stroke(color, width, alpha) {
      canvas.globalAlpha = alpha;
      canvas.strokeStyle = color;
      canvas.lineWidth = width * scale;
      canvas.lineJoin = 'round';
      canvas.stroke();
      canvas.globalAlpha = 1;
    },
    fill(color, alpha) {
      canvas.globalAlpha = alpha;
      canvas.fillStyle = color;
      canvas.fill();
      canvas.globalAlpha = 1;
    },
    text(text, x, y, color, size, anchor, weight = 'normal') {
      canvas.fillStyle = color;
      canvas.font = weight + ' ' + size * scale + 'px system-ui, sans-serif';
      canvas.textAlign = anchor === 'middle' ? 'center' : anchor;
      canvas.fillText(text, x, y);
    },
    clipped(box, draw) {
      canvas.save();
      canvas.beginPath();
      canvas.rect(box.left, box.top, box.width, box.height);
      canvas.clip();
      draw();
      canvas.restore();
    },
    scale,
  };
}

/** A pen that appends to an element of SVG; s builds elements. */
export function svgPen(root, s) {
  let path = [];
  let target = root;
  let clips = 0;
  const number = value => Number(value.toFixed(2));
  return {
    begin: () => (path = []),
    move: (x, y) => path.push('M' + number(x) + ' ' + number(y)),
    line: (x, y) => path.push('L' + number(x) + ' ' + number(y)),
    close: () => path.push('Z'),
    stroke: (color, width, alpha) => target.append(s('path', { d: path.join(''), fill: 'none', stroke: color, 'stroke-width': width, 'stroke-opacity': alpha, 'stroke-linejoin': 'round' })),
    fill: (color, alpha) => target.append(s('path', { d: path.join(''), fill: color, 'fill-opacity': alpha })),
    text: (text, x, y, color, size, anchor, weight = 'normal') => target.append(s('text', { x: number(x), y: number(y), fill: color, 'font-size': size, 'font-family': 'system-ui, sans-serif', 'font-weight': weight, 'text-anchor': anchor }, text)),
    clipped(box, draw) {
      const id = 'clip' + ++clips;
      root.append(s('clipPath', { id }, s('rect', { x: box.left, y: box.top, width: box.width, height: box.height })));
      target = s('g', { 'clip-path': 'url(#' + id + ')' });
      root.append(target);
      draw();
      target = root;
    },
    scale: 1,
  };
}

const fewCurves = 20;

/**
 * Draws curves into box. toX and toY give the pen's coordinates of a value; toY gives NaN for what an axis cannot show.
 * options: originals (draw what was logged faintly behind what is smoothed), highlight (a run's number or null).
 */
export function drawCurves(pen, curves, box, toX, toY, { originals, highlight }) {
  const isLit = curve => curve.id === highlight || curve.ids?.includes(highlight);
  const someLit = highlight !== null && curves.some(isLit);
  // The highlighted one is on top.
  const ordered = someLit ? [...curves].sort((a, b) => isLit(a) - isLit(b)) : curves;
  const strength = curve => !someLit ? 1 : isLit(curve) ? 1 : 0.18;
  // A line of one pixel is drawn ten times as fast as a wider one, and of many it is the clearer one.
  const width = curves.length > fewCurves ? 1 : 1.6;
  const alone = [];
  pen.clipped(box, () => {
    for (const curve of ordered) {
      if (curve.low !== undefined) {
        area(pen, curve, toX, toY, curve.color, 0.2 * strength(curve));
      }
    }
    if (originals) {
      for (const curve of ordered) {
        if (curve.raw !== curve.ys) {
          line(curve, curve.raw, 1, 0.3 * strength(curve));
        }
      }
    }
    for (const curve of ordered) {
      line(curve, curve.ys, isLit(curve) ? 2.6 : width, strength(curve));
    }
  });
  // Points and marks at the edges must not be cut in half.
  for (const { places, color, alpha } of alone) {
    dots(pen, places, box, color, alpha);
  }
  for (const curve of ordered) {
    marks(pen, curve, box, toX, toY, strength(curve));
  }

  function line(curve, ys, thickness, alpha) {
    const places = trace(pen, curve.xs, ys, toX, toY, box, curve.color, thickness, alpha);
    if (places.length > 0) {
      alone.push({ places, color: curve.color, alpha });
    }
  }
}

// A line through what is finite. Points in one column of pixels become the least and greatest of them, so that a line of a
// million points costs what the box is wide, and no peak is lost. Returns the places of points that are in no line.
function trace(pen, xs, ys, toX, toY, box, color, width, alpha) {
  const left = box.left - 1;
  const right = box.left + box.width + 1;
  let drawing = false;
  let alone = false;
  let column = NaN;
  // Of the column: its last point, its least and greatest, and which of these came last.
  let [px, py, entry, min, max, up] = [NaN, NaN, NaN, NaN, NaN, true];
  const places = [];

  function endColumn() {
    if (drawing && min !== max) {
      // Only to where the line turns.
      const [first, second] = up ? [min, max] : [max, min];
      let y = entry;
      for (const next of [first, second, py]) {
        if (next !== y) {
          pen.line(px, next);
          y = next;
        }
      }
    }
  }
  function endLine() {
    endColumn();
    if (alone && drawing) {
      places.push(px, py);
    }
    drawing = false;
    column = NaN;
  }

  pen.begin();
  for (let i = 0; i < xs.length; i++) {
    const x = toX(xs[i]);
    const y = toY(ys[i]);
    if (!Number.isFinite(y) || !Number.isFinite(x)) {
      endLine();
      continue;
    }
    // Only the neighbors of what is in the box are drawn.
    if (x < left && !(toX(xs[i + 1]) >= left) || x > right && !(toX(xs[i - 1]) <= right)) {
      endLine();
      continue;
    }
    if (Math.floor(x) === column) {
      if (y < min) {
        min = y;
        up = false;
      }
      if (y > max) {
        max = y;
        up = true;
      }
      px = x;
      py = y;
      alone = false;
      continue;
    }
    endColumn();
    if (drawing) {
      pen.line(x, y);
      alone = false;
    } else {
      pen.move(x, y);
      drawing = true;
      alone = true;
    }
    column = Math.floor(x);
    px = x;
    py = entry = min = max = y;
  }
  endLine();
  pen.stroke(color, width, alpha);
  return places;
}

function dots(pen, places, { left, top, width, height }, color, alpha) {
  pen.begin();
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i], places[i + 1]];
    if (x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1) {
      polygon(pen, x, y, 2.5 * pen.scale, 8, 0);
    }
  }
  pen.fill(color, alpha);
}

function area(pen, curve, toX, toY, color, alpha) {
  const { xs, low, high } = curve;
  let start = -1;
  pen.begin();
  for (let i = 0; i <= xs.length; i++) {
    const usable = i < xs.length && Number.isFinite(toY(low[i])) && Number.isFinite(toY(high[i]));
    if (usable && start < 0) {
      start = i;
    }
    if (!usable && start >= 0) {
      pen.move(toX(xs[start]), toY(high[start]));
      for (let k = start + 1; k < i; k++) {
        pen.line(toX(xs[k]), toY(high[k]));
      }
      for (let k = i - 1; k >= start; k--) {
        pen.line(toX(xs[k]), toY(low[k]));
      }
      pen.close();
      start = -1;
    }
  }
  pen.fill(color, alpha);
}

// NaN is a diamond where the curve was last; infinities are triangles at the edge that they point to. One for each few pixels.
function marks(pen, curve, box, toX, toY, alpha) {
  const apart = 7 * pen.scale;
  const size = 4 * pen.scale;
  const last = { nan: -Infinity, up: -Infinity, down: -Infinity };
  let y = NaN;
  let any = false;
  for (let i = 0; i < curve.xs.length; i++) {
    const value = curve.raw[i];
    if (Number.isFinite(value)) {
      y = toY(curve.ys[i]);
      continue;
    }
    const x = toX(curve.xs[i]);
    const kind = Number.isNaN(value) ? 'nan' : value > 0 ? 'up' : 'down';
    if (x < box.left || x > box.left + box.width || Math.abs(x - last[kind]) < apart) {
      continue;
    }
    last[kind] = x;
    if (!any) {
      pen.begin();
      any = true;
    }
    if (kind === 'nan') {
      const inside = Number.isFinite(y) ? Math.max(box.top, Math.min(box.top + box.height, y)) : box.top + box.height / 2;
      polygon(pen, x, inside, size, 4, 0);
    } else {
      polygon(pen, x, kind === 'up' ? box.top + size : box.top + box.height - size, size, 3, kind === 'up' ? -Math.PI / 2 : Math.PI / 2);
    }
  }
  if (any) {
    pen.fill(curve.color, alpha);
  }
}

function polygon(pen, x, y, radius, corners, turn) {
  for (let i = 0; i < corners; i++) {
    const angle = turn + i * 2 * Math.PI / corners;
    const at = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    if (i === 0) {
      pen.move(...at);
    } else {
      pen.line(...at);
    }
  }
  pen.close();
}
