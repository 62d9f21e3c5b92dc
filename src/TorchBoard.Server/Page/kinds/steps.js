// A slider over the steps of several runs, and which of a run's values is shown at a step.

import { h } from '../dom.js';
import { compareSteps, stepText } from '../format.js';
import { strings, t } from '../i18n.js';
import { createTiles } from './kindcard.js';

strings({
  en: { 'steps.step': 'Step', 'steps.of': 'Step {0}', 'steps.first': 'First: step {0}', 'steps.last': 'Last: step {0}' },
  zh: { 'steps.step': '步数', 'steps.of': '第 {0} 步', 'steps.first': '首个:第 {0} 步', 'steps.last': '最新:第 {0} 步' },
});

/**
 * createStepSlider(onchange) → { element, set(lists), step }. lists are the steps of each run; the slider goes over all of
 * them. It begins at the last step and stays there while steps are added, until it is moved.
 */
export function createStepSlider(onchange) {
  const input = h('input', { type: 'range', min: 0, max: 0, step: 1, 'aria-label': t('steps.step'), oninput: move });
  const label = h('output', { class: 'step-label' });
  const element = h('div', { class: 'steps' }, input, label);
  let steps = [];
  let chosen = null;

  function move() {
    const index = Number(input.value);
    chosen = index === steps.length - 1 ? null : steps[index];
    show();
    onchange(steps[index]);
  }

  function show() {
    const step = current();
    label.textContent = step === undefined ? '' : t('steps.of', stepText(step));
    input.setAttribute('aria-valuetext', label.textContent);
  }

  function current() {
    return chosen ?? steps[steps.length - 1];
  }

  return {
    element,
    set(lists) {
      steps = [...new Set(lists.flat())].sort(compareSteps);
      if (chosen !== null && !steps.includes(chosen)) {
        // It is no longer kept: the nearest one before, or the first.
        chosen = steps.findLast(step => compareSteps(step, chosen) <= 0) ?? steps[0] ?? null;
      }
      input.max = Math.max(steps.length - 1, 0);
      input.value = chosen === null ? steps.length - 1 : steps.indexOf(chosen);
      element.hidden = steps.length < 2;
      show();
    },
    /** Moves by so many steps. */
    move(by) {
      input.value = Number(input.value) + by;
      move();
    },
    get step() {
      return current();
    },
  };
}

/**
 * The view of a card: tiles of the runs at the step of a slider. createStepTiles(make, className) → { element, head, slider,
 * show(items), close() }; make(slider) returns a tile of createTiles.
 */
export function createStepTiles(make, className) {
  let items = [];
  const slider = createStepSlider(() => tiles.show(items));
  const tiles = createTiles(() => make(slider), className);
  return {
    element: tiles.element,
    head: slider.element,
    slider,
    show(next) {
      items = next;
      slider.set(items.map(item => item.series.steps));
      tiles.show(items);
    },
    close: () => tiles.close(),
  };
}

/** The index of a run's value at a step: the last one that is not later; -1 before the first. */
export function indexAt(steps, step) {
  let found = -1;
  for (let i = 0; i < steps.length; i++) {
    if (step !== undefined && compareSteps(steps[i], step) <= 0 && (found < 0 || compareSteps(steps[i], steps[found]) >= 0)) {
      found = i;
    }
  }
  return found;
}
