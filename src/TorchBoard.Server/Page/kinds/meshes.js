// Meshes and point clouds: runs side by side under one camera, with a slider of steps.

import { fill, h, iconButton } from '../dom.js';
import { exact, stepText } from '../format.js';
import { strings, t } from '../i18n.js';
import { cssColor } from '../theme.js';
import { createCamera } from './camera.js';
import { createCanvas } from './canvas.js';
import { createKindCard, createTiles } from './kindcard.js';
import { createRunLabel } from './runlabel.js';
import { createSection } from './section.js';
import { createStepSlider, indexAt } from './steps.js';
import { meshOf, renderer } from './webgl.js';

strings({
  en: {
    'meshes.before': 'No mesh yet at this step', 'meshes.label': '{0}, {1}. Drag or use the arrow keys to turn, with Shift to move, + and − to zoom, 0 to go back.', 'meshes.reset': 'Turn back', 'meshes.webgl': 'This browser has no WebGL, which meshes need. TensorBoard has a dashboard for meshes, which needs it too; RunLog.Meshes reads the numbers.',
    'meshes.points': '{0} points', 'meshes.faces': '{0} faces', 'meshes.which': 'Mesh', 'meshes.of': '{0} of {1}',
  },
  zh: {
    'meshes.before': '此步还没有网格', 'meshes.label': '{0},{1}。拖动或用方向键旋转,加 Shift 平移,加减号缩放,0 复位。', 'meshes.reset': '复位', 'meshes.webgl': '此浏览器没有网格所需的 WebGL。TensorBoard 的网格面板同样需要它;RunLog.Meshes 可读取数值。',
    'meshes.points': '{0} 个点', 'meshes.faces': '{0} 个面', 'meshes.which': '网格', 'meshes.of': '第 {0} 个,共 {1} 个',
  },
});

export const section = createSection({
  id: 'meshes',
  kinds: ['mesh'],
  tags: joined,
  makeCard: (context, entry) => createKindCard(context, entry, { path: '/api/meshes', view: createView }),
});

// The parts of a mesh are tags of their own; a card is for all of them.
function joined(entries) {
  return entries.filter(entry => entry.tag.endsWith('_VERTEX')).map(entry => ({ ...entry, tag: entry.tag.slice(0, -'_VERTEX'.length), listed: entry.tag }));
}

function createView(card) {
  if (renderer() === null) {
    return { element: h('p', { class: 'note' }, t('meshes.webgl')), show() {} };
  }
  let items = [];
  let count = 1;
  const slider = createStepSlider(() => tiles.show(items));
  const camera = createCamera(() => shown.forEach(tile => tile.redraw()));
  const which = h('input', { type: 'range', min: 0, max: 0, value: 0, 'aria-label': t('meshes.which'), oninput: () => { label(); tiles.show(items); } });
  const whichLabel = h('output', { class: 'step-label' });
  const several = h('div', { class: 'steps', hidden: true }, which, whichLabel);
  const shown = new Set();
  const shared = {
    camera,
    slider,
    index: () => Number(which.value),
    counted(next) {
      if (next > count) {
        count = next;
        which.max = count - 1;
        several.hidden = false;
        label();
      }
    },
  };
  const tiles = createTiles(() => {
    const tile = createTile(card, shared);
    shown.add(tile);
    return { ...tile, close() { shown.delete(tile); tile.close(); } };
  });

  function label() {
    whichLabel.textContent = t('meshes.of', Number(which.value) + 1, count);
  }

  return {
    element: h('div', {}, tiles.element),
    head: h('div', { class: 'mesh-head' }, slider.element, several, iconButton('reset', t('meshes.reset'), () => camera.reset())),
    show(next) {
      items = next;
      slider.set(items.map(item => item.series.steps));
      tiles.show(items);
    },
    close: () => tiles.close(),
  };
}

function createTile(card, { camera, slider, index, counted }) {
  const label = createRunLabel();
  const note = h('p', { class: 'note', role: 'status' });
  const surface = createCanvas(draw, { role: 'img' });
  const detach = camera.attach(surface.canvas);
  let mesh = null;
  let shown = '';
  let loading = null;

  function draw(context) {
    if (mesh !== null) {
      const drawn = renderer().render(mesh, camera, surface.canvas.width, surface.canvas.height, numbersOf(cssColor('--accent')));
      context.drawImage(drawn, 0, 0, surface.width, surface.height);
    }
  }

  function set(next) {
    if (mesh !== null) {
      renderer().forget(mesh);
    }
    mesh = next === null ? null : meshOf(next);
    surface.redraw();
  }

  return {
    element: h('section', { class: 'tile' }, label.element, surface.element, note),
    redraw: () => surface.redraw(),
    async show({ run, series }) {
      const at = indexAt(series.steps, slider.step);
      surface.canvas.setAttribute('aria-label', t('meshes.label', card.title.slice(0, 200), run.name.slice(0, 200)));
      const step = at < 0 ? '' : t('steps.of', stepText(series.steps[at]));
      const key = at < 0 ? 'none' : [series.steps[at], series.times[at], index()].join(' ');
      if (key === shown) {
        surface.redraw();
        return;
      }
      shown = key;
      loading?.abort();
      loading = new AbortController();
      const { signal } = loading;
      if (at < 0) {
        label.show(run);
        note.textContent = t('meshes.before');
        set(null);
        return;
      }
      try {
        const answer = await card.context.api.get('/api/mesh', { run: run.id, tag: card.tag, step: series.steps[at], index: index() }, signal);
        if (signal.aborted) {
          return;
        }
        counted(answer.count);
        note.textContent = '';
        label.show(run, [step, t('meshes.points', exact(answer.vertices.length / 3)), answer.faces ? t('meshes.faces', exact(answer.faces.length / 3)) : ''].filter(text => text !== '').join(' · '));
        set(answer);
      } catch (error) {
        if (!signal.aborted) {
          shown = '';
          label.show(run, step);
          fill(note, h('span', { class: 'error' }, error.message));
          set(null);
        }
      }
    },
    close() {
      loading?.abort();
      detach();
      surface.close();
      if (mesh !== null) {
        renderer().forget(mesh);
      }
    },
  };
}

function numbersOf(color) {
  return (color.match(/[\d.]+/g) ?? [128, 128, 128]).slice(0, 3).map(Number);
}
