// One picture over the whole window: zoomed by whole pixels, or by two fingers, with the keys to go through steps, runs and
// pictures.

import { fill, h, iconButton, path } from '../dom.js';
import { stepText } from '../format.js';
import { strings, t } from '../i18n.js';
import { fingers } from '../pinch.js';
import { swatch } from '../runs.js';
import { indexAt } from './steps.js';

strings({
  en: { 'enlarged.close': 'Close', 'enlarged.in': 'Zoom in', 'enlarged.out': 'Zoom out', 'enlarged.keys': '← → steps, ↑ ↓ runs, PgUp PgDn pictures of a step, + − zoom, 0 fit', 'enlarged.label': 'Picture', 'enlarged.missing': 'No picture at this step' },
  zh: { 'enlarged.close': '关闭', 'enlarged.in': '放大', 'enlarged.out': '缩小', 'enlarged.keys': '← → 步数,↑ ↓ 运行,PgUp PgDn 同一步的图像,+ − 缩放,0 适应', 'enlarged.label': '图像', 'enlarged.missing': '此步没有图像' },
});

const least = 0.125;
const greatest = 32;

/** createEnlarged(card, slider) → { element, open(items, run, index), update(items) }. */
export function createEnlarged(card, slider) {
  const caption = h('p', { class: 'enlarged-caption' });
  const img = h('img', { alt: '' });
  const missing = h('p', { class: 'note', hidden: true }, t('enlarged.missing'));
  const place = h('div', { class: 'enlarged-place', tabindex: '0', role: 'group', 'aria-label': t('enlarged.label') }, img, missing);
  const scale = h('output', {});
  const element = h('dialog', { class: 'enlarged', 'aria-label': t('enlarged.label'), onkeydown: onKey, onclick: event => event.target === element && element.close() },
    h('div', { class: 'dialog-head' }, caption,
      h('span', { class: 'check' },
        h('button', { type: 'button', 'aria-label': t('enlarged.out'), onclick: () => zoom(-1) }, '−'), scale,
        h('button', { type: 'button', 'aria-label': t('enlarged.in'), onclick: () => zoom(1) }, '+'),
        iconButton('close', t('enlarged.close'), () => element.close()))),
    place, h('p', { class: 'note' }, t('enlarged.keys')));
  let items = [];
  let run = null;
  let index = 0;
  // 0: as large as there is room.
  let factor = 0;

  // One finger scrolls.
  const letGo = fingers(place, {
    one: 'scrolls',
    move(dx, dy, by, [x, y]) {
      const box = img.getBoundingClientRect();
      const [u, v] = [(x - dx - box.left) / box.width, (y - dy - box.top) / box.height];
      factor = Math.max(least, Math.min(greatest, Number(img.dataset.used ?? 1) * by));
      resize();
      // What is between the fingers stays there.
      const after = img.getBoundingClientRect();
      place.scrollLeft += after.left + u * after.width - x;
      place.scrollTop += after.top + v * after.height - y;
    },
    end() {
      const used = Number(img.dataset.used ?? 1);
      factor = used >= 1 ? Math.round(used) : used;
      resize();
    },
  });

  img.addEventListener('load', resize);
  addEventListener('resize', resize);

  function show() {
    const item = items.find(other => other.run.id === run.id);
    const at = item === undefined ? -1 : indexAt(item.series.steps, slider.step);
    const pictures = at < 0 ? [] : item.series.values[at];
    index = Math.max(0, Math.min(index, pictures.length - 1));
    img.hidden = pictures.length === 0;
    missing.hidden = pictures.length > 0;
    fill(caption, swatch(run.color), path(run.name), h('span', { class: 'count' }, card.title.slice(0, 200) + (at < 0 ? '' : ' · ' + t('steps.of', stepText(item.series.steps[at]))) + (pictures.length > 1 ? ' · ' + (index + 1) + '/' + pictures.length : '')));
    if (pictures.length > 0) {
      img.src = card.imageUrl(run, item.series.steps[at], index);
      img.alt = caption.textContent;
    }
  }

  function resize() {
    if (!element.open || img.naturalWidth === 0) {
      return;
    }
    const room = Math.min((place.clientWidth - 2) / img.naturalWidth, (place.clientHeight - 2) / img.naturalHeight);
    const fitting = room >= 1 ? Math.floor(room) : room;
    const used = factor === 0 ? fitting : factor;
    img.style.width = img.naturalWidth * used + 'px';
    img.classList.toggle('pixels', used >= 1);
    scale.textContent = used >= 1 ? Math.round(used * 10) / 10 + '×' : Math.round(used * 100) + ' %';
    img.dataset.used = used;
  }

  function zoom(by) {
    const used = Number(img.dataset.used ?? 1);
    factor = by > 0 ? (used < 1 ? 1 : Math.min(used * 2, greatest)) : Math.max(used / 2, least);
    resize();
  }

  function onKey(event) {
    const act = {
      ArrowLeft: () => slider.move(-1),
      ArrowRight: () => slider.move(1),
      ArrowUp: () => moveRun(-1),
      ArrowDown: () => moveRun(1),
      PageUp: () => index--,
      PageDown: () => index++,
      '+': () => zoom(1),
      '=': () => zoom(1),
      '-': () => zoom(-1),
      0: () => {
        factor = 0;
        resize();
      },
    }[event.key];
    if (act !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      act();
      show();
    }
  }

  function moveRun(by) {
    const at = items.findIndex(item => item.run.id === run.id) + by;
    run = items[Math.max(0, Math.min(items.length - 1, at))].run;
  }

  return {
    element,
    open(next, chosen, which) {
      items = next;
      run = chosen;
      index = which;
      factor = 0;
      element.showModal();
      show();
      resize();
      place.focus();
    },
    update(next) {
      items = next;
      if (element.open && items.length > 0) {
        run = items.find(item => item.run.id === run.id)?.run ?? items[0].run;
        show();
      }
    },
    close() {
      letGo();
      removeEventListener('resize', resize);
    },
  };
}
