// A drawing that is moved by dragging and the arrow keys, and zoomed by the wheel, two fingers and + and −.

import { h, s } from '../dom.js';
import { fingers } from '../pinch.js';
import { letterScale } from '../theme.js';

/** createPanZoom(attributes) → { element, set(content, width, height, keep), zoom(factor), fit(), center(x, y) }. */
export function createPanZoom(attributes) {
  const layer = s('g', {});
  const svg = s('svg', { class: 'panzoom', tabindex: '0', role: 'group', onpointerdown: grab, onkeydown: onKey, ...attributes }, layer);
  svg.addEventListener('wheel', onWheel, { passive: false });
  const element = h('div', { class: 'panzoom-place' }, svg);
  let size = [1, 1];
  let scale = 1;
  let x = 0;
  let y = 0;
  let untouched = true;

  const observer = new ResizeObserver(() => untouched && fit());
  observer.observe(element);

  function apply() {
    layer.setAttribute('transform', 'translate(' + x.toFixed(2) + ' ' + y.toFixed(2) + ') scale(' + scale.toFixed(4) + ')');
  }

  function fit() {
    const { clientWidth, clientHeight } = element;
    // Not larger than it is read well, and not smaller than it is read at all.
    scale = Math.max(0.35, Math.min(1.1 * letterScale(), (clientWidth - 40) / size[0], (clientHeight - 40) / size[1]));
    x = (clientWidth - size[0] * scale) / 2;
    y = size[1] * scale < clientHeight - 40 ? (clientHeight - size[1] * scale) / 2 : 20;
    untouched = true;
    apply();
  }

  function zoomAt(factor, atX, atY) {
    const next = Math.max(0.03, Math.min(4, scale * factor));
    x = atX - (atX - x) * next / scale;
    y = atY - (atY - y) * next / scale;
    scale = next;
    untouched = false;
    apply();
  }

  function onWheel(event) {
    event.preventDefault();
    const box = element.getBoundingClientRect();
    zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), event.clientX - box.left, event.clientY - box.top);
  }

  function grab(event) {
    if (event.button !== 0 || event.pointerType === 'touch') {
      return;
    }
    let last = [event.clientX, event.clientY];
    let moved = false;
    const move = next => {
      if (!moved && Math.hypot(next.clientX - last[0], next.clientY - last[1]) < 4) {
        return;
      }
      // Only now: a click on a box must reach the box.
      if (!moved) {
        moved = true;
        svg.setPointerCapture(event.pointerId);
        svg.classList.add('grabbed');
      }
      x += next.clientX - last[0];
      y += next.clientY - last[1];
      last = [next.clientX, next.clientY];
      untouched = false;
      apply();
    };
    const release = () => {
      svg.removeEventListener('pointermove', move);
      svg.removeEventListener('pointerup', release);
      svg.removeEventListener('pointercancel', release);
      svg.classList.remove('grabbed');
    };
    svg.addEventListener('pointermove', move);
    svg.addEventListener('pointerup', release);
    svg.addEventListener('pointercancel', release);
  }

  const letGo = fingers(svg, {
    move(dx, dy, factor, [atX, atY]) {
      const box = element.getBoundingClientRect();
      x += dx;
      y += dy;
      zoomAt(factor, atX - box.left, atY - box.top);
    },
  });

  function onKey(event) {
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (moves !== undefined) {
      x += moves[0];
      y += moves[1];
      untouched = false;
      apply();
    } else if (event.key === '+' || event.key === '=') {
      zoom(1.3);
    } else if (event.key === '-') {
      zoom(1 / 1.3);
    } else if (event.key === '0') {
      fit();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function zoom(factor) {
    zoomAt(factor, element.clientWidth / 2, element.clientHeight / 2);
  }

  return {
    element,
    /** Shows something else; the view stays as it is if keep, which is [x, y] of the new content that was [x, y] on the screen. */
    set(content, width, height, keep) {
      layer.replaceChildren(content);
      size = [width, height];
      if (keep === null) {
        fit();
      } else {
        untouched = false;
        x = keep.screen[0] - keep.content[0] * scale;
        y = keep.screen[1] - keep.content[1] * scale;
        apply();
      }
    },
    zoom,
    fit,
    /** Where a point of the content is in the window of the drawing. */
    toScreen: point => [x + point[0] * scale, y + point[1] * scale],
    center(at) {
      scale = Math.max(scale, 0.7);
      x = element.clientWidth / 2 - at[0] * scale;
      y = element.clientHeight / 2 - at[1] * scale;
      untouched = false;
      apply();
    },
    close() {
      letGo();
      observer.disconnect();
    },
  };
}
