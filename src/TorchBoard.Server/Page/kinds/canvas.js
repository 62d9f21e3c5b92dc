// A canvas as large as its place and as fine as the screen.

import { h } from '../dom.js';
import { letterScale } from '../theme.js';

/** createCanvas(draw) → { element, canvas, width, height, redraw(), close() }; draw(context) when there is something to see. */
export function createCanvas(draw, attributes = {}) {
  const canvas = h('canvas', { tabindex: '0', ...attributes });
  const element = h('div', { class: 'canvas-place' }, canvas);
  const result = { element, canvas, width: 0, height: 0, redraw, close };
  let requested = 0;

  const observer = new ResizeObserver(() => {
    const { clientWidth, clientHeight } = element;
    if (clientWidth !== result.width || clientHeight !== result.height) {
      result.width = clientWidth;
      result.height = clientHeight;
      redraw();
    }
  });
  observer.observe(element);

  function redraw() {
    cancelAnimationFrame(requested);
    requested = requestAnimationFrame(() => {
      const scale = devicePixelRatio || 1;
      if (result.width === 0 || result.height === 0) {
        return;
      }
      canvas.width = Math.round(result.width * scale);
      canvas.height = Math.round(result.height * scale);
      const context = canvas.getContext('2d');
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.font = 11 * letterScale() + 'px system-ui, sans-serif';
      draw(context);
    });
  }

  function close() {
    cancelAnimationFrame(requested);
    observer.disconnect();
  }

  return result;
}
