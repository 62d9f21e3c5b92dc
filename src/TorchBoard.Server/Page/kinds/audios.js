// Audio clips: a player for each clip of the step, runs side by side.

import { fill, h } from '../dom.js';
import { exact, stepText, time } from '../format.js';
import { strings, t } from '../i18n.js';
import { createKindCard } from './kindcard.js';
import { createRunLabel } from './runlabel.js';
import { createSection } from './section.js';
import { createStepTiles, indexAt } from './steps.js';

strings({
  en: { 'audios.before': 'No clip yet at this step', 'audios.label': '{0}, {1}, step {2}, clip {3}', 'audios.rate': '{0} Hz', 'audios.mono': 'mono', 'audios.stereo': 'stereo' },
  zh: { 'audios.before': '此步还没有音频', 'audios.label': '{0},{1},第 {2} 步,片段 {3}', 'audios.rate': '{0} Hz', 'audios.mono': '单声道', 'audios.stereo': '立体声' },
});

export const section = createSection({
  id: 'audios',
  kinds: ['audio'],
  makeCard: (context, entry) => createKindCard(context, entry, { path: '/api/audios', view: card => createStepTiles(slider => createTile(card, slider)) }),
});

function createTile(card, slider) {
  const label = createRunLabel();
  const place = h('div', { class: 'clips' });
  let shown = '';

  return {
    element: h('section', { class: 'tile' }, label.element, place),
    show({ run, series }) {
      const index = indexAt(series.steps, slider.step);
      const clips = index < 0 ? [] : series.values[index];
      label.show(run, index < 0 ? '' : h('span', { title: time(series.times[index]) }, [t('steps.of', stepText(series.steps[index])), ...formatOf(clips[0])].join(' · ')));
      const key = index < 0 ? 'none' : series.steps[index] + ' ' + series.times[index];
      if (key === shown) {
        return;
      }
      shown = key;
      fill(place, index < 0 ? h('p', { class: 'note' }, t('audios.before')) : clips.map((_, i) => h('audio', {
        controls: true, preload: 'none', src: addressOf(card, run, series.steps[index], i),
        'aria-label': t('audios.label', card.title.slice(0, 200), run.name.slice(0, 200), stepText(series.steps[index]), i + 1),
      })));
    },
  };
}

function formatOf(clip) {
  return clip === undefined || clip.sampleRate === 0 ? [] : [t('audios.rate', exact(clip.sampleRate)), t(clip.channels === 2 ? 'audios.stereo' : 'audios.mono')];
}

function addressOf(card, run, step, index) {
  try {
    return card.context.api.blobUrl('/api/audio', { run: run.id, tag: card.tag, step, index });
  } catch {
    // A report may leave out clips.
    return null;
  }
}
