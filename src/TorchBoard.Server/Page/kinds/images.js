// Pictures and figures: one slider of steps per tag, runs side by side, enlarged in a dialog.

import { fill, h } from '../dom.js';
import { stepText, time } from '../format.js';
import { strings, t } from '../i18n.js';
import { createEnlarged } from './enlarged.js';
import { createKindCard } from './kindcard.js';
import { createRunLabel } from './runlabel.js';
import { choice, createSection } from './section.js';
import { createStepTiles, indexAt } from './steps.js';

strings({
  en: {
    'images.size': 'Size', 'images.size.fit': 'fit', 'images.size.actual': 'one pixel per pixel', 'images.before': 'No picture yet at this step', 'images.refused': '{0} pictures are not shown by this page.', 'images.unknown': 'This is not a picture of a known format.',
    'images.broken': 'The picture is damaged.', 'images.left': 'This report leaves the picture out, for its size.', 'images.alt': '{0}, {1}, step {2}', 'images.enlarge': 'Enlarge: {0}', 'images.animated': 'animated',
  },
  zh: {
    'images.size': '大小', 'images.size.fit': '适应', 'images.size.actual': '原始像素', 'images.before': '此步还没有图像', 'images.refused': '本页不显示 {0} 图像。', 'images.unknown': '这不是已知格式的图像。',
    'images.broken': '图像已损坏。', 'images.left': '因大小限制,此报告未包含该图像。', 'images.alt': '{0},{1},第 {2} 步', 'images.enlarge': '放大:{0}', 'images.animated': '动画',
  },
});

const greatestHeight = 420;

export const section = createSection({
  id: 'images',
  kinds: ['image'],
  controls: state => [choice(state, 'size', [['fit', t('images.size.fit')], ['actual', t('images.size.actual')]], t('images.size'))],
  makeCard: (context, entry) => createKindCard(context, entry, { path: '/api/images', view: createView }),
});

function createView(card) {
  let items = [];
  const tiles = createStepTiles(slider => createTile(card, slider, (run, index) => enlarged.open(items, run, index)));
  card.imageUrl = (run, step, index) => imageUrl(card, run, step, index);
  const enlarged = createEnlarged(card, tiles.slider);
  return {
    element: h('div', {}, tiles.element, enlarged.element),
    head: tiles.head,
    show(next) {
      items = next;
      tiles.show(items);
      enlarged.update(items);
    },
    close() {
      tiles.close();
      enlarged.close();
    },
  };
}

function createTile(card, slider, enlarge) {
  const label = createRunLabel('figcaption');
  const place = h('div', { class: 'pictures' });
  const element = h('figure', { class: 'tile' }, label.element, place);
  let shown = '';

  return {
    element,
    show({ run, series }) {
      const index = indexAt(series.steps, slider.step);
      const pictures = index < 0 ? [] : series.values[index];
      const first = pictures[0];
      label.show(run, index < 0 ? '' : detailsOf(series, index, first));
      const key = JSON.stringify([card.context.state.get('size'), run.id, series.steps[index], series.times[index], pictures]);
      if (key === shown) {
        return;
      }
      shown = key;
      place.classList.toggle('actual', card.context.state.get('size') === 'actual');
      if (index < 0) {
        fill(place, h('p', { class: 'note' }, t('images.before')));
        return;
      }
      const kept = [...place.querySelectorAll(':scope > button')];
      fill(place, pictures.map((picture, i) => pictureOf(card, run, series.steps[index], i, picture, kept[i], () => enlarge(run, i))));
    },
  };
}

function detailsOf(series, index, picture) {
  const size = picture !== undefined && picture.width > 0 ? picture.width + '×' + picture.height : '';
  const moving = picture?.format === 'apng' || picture?.format === 'gif' ? t('images.animated') : '';
  return h('span', { title: time(series.times[index]) }, [t('steps.of', stepText(series.steps[index])), size, moving].filter(text => text !== '').join(' · '));
}

// The button of the step before is used again, so that its picture stays until the next one is there.
function pictureOf(card, run, step, index, picture, kept, onclick) {
  const src = imageUrl(card, run, step, index);
  const refusal = refusalOf(picture) ?? (src === '' ? t('images.left') : null);
  if (refusal !== null) {
    return h('p', { class: 'note' }, refusal);
  }
  const alt = t('images.alt', card.title.slice(0, 200), run.name.slice(0, 200), stepText(step));
  const img = kept?.querySelector('img') ?? h('img', { loading: 'lazy', decoding: 'async' });
  img.alt = alt;
  img.onerror = () => img.replaceWith(h('p', { class: 'note error' }, t('images.broken')));
  if (picture.width > 0 && picture.height > 0) {
    img.width = picture.width;
    img.height = picture.height;
  }
  // As wide as the tile, unless it would be too high.
  const width = picture.width > 0 && picture.height > 0 ? 'min(100%, ' + greatestHeight * picture.width / picture.height + 'px)' : '';
  img.classList.toggle('small', picture.width > 0 && picture.width < 200);
  img.src = src;
  const button = h('button', { type: 'button', class: 'picture', 'aria-label': t('images.enlarge', alt), onclick }, img);
  button.style.setProperty('--fit', width);
  return button;
}

// Why a picture is not shown; null if it is.
function refusalOf(picture) {
  return picture.format === 'bin' ? t('images.unknown') : picture.format === 'svg' || picture.format === 'tiff' ? t('images.refused', picture.format.toUpperCase()) : null;
}

function imageUrl(card, run, step, index) {
  try {
    return card.context.api.blobUrl('/api/image', { run: run.id, tag: card.tag, step, index });
  } catch {
    // A report may leave out pictures.
    return '';
  }
}
