// Text as Markdown, with a slider of steps, runs side by side.

import { fill, h } from '../dom.js';
import { stepText, time } from '../format.js';
import { strings, t } from '../i18n.js';
import { markdown } from '../markdown.js';
import { createKindCard } from './kindcard.js';
import { createRunLabel } from './runlabel.js';
import { createSection } from './section.js';
import { createStepTiles, indexAt } from './steps.js';

strings({
  en: { 'texts.before': 'No text yet at this step', 'texts.of': 'Text of {0}' },
  zh: { 'texts.before': '此步还没有文本', 'texts.of': '{0} 的文本' },
});

export const section = createSection({
  id: 'texts',
  kinds: ['text'],
  cards: 'wide-cards',
  makeCard: (context, entry) => createKindCard(context, entry, { path: '/api/texts', view: card => createStepTiles(slider => createTile(card, slider), 'wide-tiles') }),
});

function createTile(card, slider) {
  const label = createRunLabel();
  const place = h('div', { class: 'text-place', tabindex: '0', role: 'group' });
  const element = h('section', { class: 'tile' }, label.element, place);
  let shown = '';
  let loading = null;

  return {
    element,
    async show({ run, series }) {
      const index = indexAt(series.steps, slider.step);
      label.show(run, index < 0 ? '' : h('span', { title: time(series.times[index]) }, t('steps.of', stepText(series.steps[index]))));
      place.setAttribute('aria-label', t('texts.of', run.name.slice(0, 200)));
      const key = index < 0 ? 'none' : series.steps[index] + ' ' + series.times[index];
      if (key === shown) {
        return;
      }
      shown = key;
      loading?.abort();
      loading = new AbortController();
      const { signal } = loading;
      if (index < 0) {
        fill(place, h('p', { class: 'note' }, t('texts.before')));
        return;
      }
      try {
        const { blocks } = await card.context.api.get('/api/text', { run: run.id, tag: card.tag, step: series.steps[index] }, signal);
        if (!signal.aborted) {
          fill(place, markdown(blocks));
        }
      } catch (error) {
        if (!signal.aborted) {
          shown = '';
          fill(place, h('p', { class: 'note error' }, t('kinds.failed', error.message)));
        }
      }
    },
    close: () => loading?.abort(),
  };
}
