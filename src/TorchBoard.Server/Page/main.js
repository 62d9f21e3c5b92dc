// The page: its head, the panel of runs and the section of the open tab. Start reading here.

import * as api from './api.js';
import * as state from './state.js';
import { fill, h, iconButton, name } from './dom.js';
import { duration } from './format.js';
import { language, setLanguage, strings, t } from './i18n.js';
import { charts } from './charts.js';
import { createContext, sectionsOf } from './sections.js';
import { createHelp } from './help.js';
import { createRunsPanel } from './runs.js';
import { kindSections } from './kinds/index.js';
import { startTheme, toggleTheme } from './theme.js';
import { trials } from './trials.js';

strings({
  en: {
    'main.theme': 'Light or dark', 'main.language': '切换到中文', 'main.runs': 'Show or hide the runs', 'main.skip': 'Skip to the content', 'main.live': 'Live', 'main.reload': 'Live, every {0}', 'main.report': 'Report',
    'main.lost': 'Connection lost, trying again…', 'main.tabs': 'Sections', 'main.reading': 'Reading the runs…', 'main.empty': 'No data in this directory yet', 'main.empty.text': 'Runs appear here as soon as they are written. This page looks at:',
    'main.failed': 'This cannot be shown: {0}', 'main.retry': 'Try again', 'key.tags': 'filter tags', 'key.runs': 'filter runs', 'key.help': 'this help', 'key.next': 'next section', 'key.previous': 'previous section',
  },
  zh: {
    'main.theme': '浅色或深色', 'main.language': 'Switch to English', 'main.runs': '显示或隐藏运行', 'main.skip': '跳到内容', 'main.live': '实时', 'main.reload': '每 {0} 更新', 'main.report': '报告',
    'main.lost': '连接中断,正在重试…', 'main.tabs': '栏目', 'main.reading': '正在读取运行…', 'main.empty': '此目录还没有数据', 'main.empty.text': '运行一经写入就会显示在这里。本页查看的位置:',
    'main.failed': '无法显示:{0}', 'main.retry': '重试', 'key.tags': '筛选标签', 'key.runs': '筛选运行', 'key.help': '本帮助', 'key.next': '下一个栏目', 'key.previous': '上一个栏目',
  },
});

state.define('tab', '');

const sections = [charts, trials, ...kindSections];
const context = createContext();
const page = document.getElementById('page');

const tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('main.tabs') });
const body = h('div', { id: 'section' }, h('p', { class: 'empty' }, t('main.reading')));
const main = h('main', { id: 'content', tabindex: '-1' }, body);
const status = h('span', { class: 'status', role: 'status' });
const where = h('span', { class: 'location' });

let panel = null;
let open = null;
let shownTabs = [];
let refreshing = null;
let refreshAgain = false;

start();

function start() {
  document.documentElement.lang = language();
  startTheme(() => context.changed({ theme: true }));
  state.read();
  state.follow();
  state.onState(keys => {
    const selection = ['runs', 'hide', 'only', 'group', 'groupBy'].some(key => keys.has(key));
    if (keys.has('tab')) {
      showTabs();
    }
    context.changed({ selection, keys });
  });

  panel = createRunsPanel(context);
  const help = createHelp(shortcuts(() => help.open()), () => context.list());
  fill(page,
    h('a', { class: 'skip', href: '#content', onclick: skip }, t('main.skip')),
    h('header', { class: 'top' },
      iconButton('runs', t('main.runs'), toggleRuns, { 'aria-controls': 'runs', 'aria-expanded': !isNarrow() }),
      h('h1', {}, 'TorchBoard'), where, tabs, status,
      iconButton('theme', t('main.theme'), toggleTheme),
      iconButton('language', t('main.language'), () => setLanguage(language() === 'zh' ? 'en' : 'zh'), { lang: language() === 'zh' ? 'en' : 'zh' }),
      iconButton('help', t('help'), () => help.open())),
    h('div', { class: 'layout' }, panel.element, main),
    help.element);
  page.className = isNarrow() ? 'runs-closed' : '';
  context.onChange(change => {
    panel.update(change);
    open?.view?.update(change);
  });

  api.onRestart(refresh);
  refresh();
}

// Asks for the list of runs. Whoever asks while it is on its way waits for the next one.
function refresh() {
  if (refreshing === null) {
    refreshing = load().finally(() => {
      refreshing = null;
      if (refreshAgain) {
        refreshAgain = false;
        refresh();
      }
    });
  } else {
    refreshAgain = true;
  }
  return refreshing;
}

async function load() {
  const before = context.list();
  try {
    const answer = await api.list();
    if (before.epoch === undefined) {
      await painted();
    }
    context.setList(answer);
    fill(where, name(answer.location ?? ''));
    document.title = (answer.location ? answer.location.split(/[\\/]/).filter(part => part !== '').pop().slice(0, 80) + ' · ' : '') + 'TorchBoard';
    if (before.epoch !== undefined && before.epoch !== answer.epoch) {
      // Another server numbers the runs in another way: what is here belongs to other runs.
      close();
    }
    showTabs();
    context.changed({ list: true });
    if (before.epoch === undefined) {
      api.events(onChange, showConnection);
      status.textContent = api.isReport ? t('main.report') : live();
    }
  } catch (error) {
    if (before.epoch === undefined) {
      fill(body, h('p', { class: 'empty error', role: 'alert' }, t('main.failed', error.message)), h('button', { type: 'button', onclick: refresh }, t('main.retry')));
    }
  }
}

// Until the head and the frame of the page are seen, which do not have to wait for what a thousand runs take.
function painted() {
  return document.hidden ? Promise.resolve() : new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
}

function showConnection(connection) {
  page.classList.toggle('lost', connection === 'lost');
  status.textContent = connection === 'lost' ? t('main.lost') : live();
}

// An object store tells of nothing: it is asked, which costs money, so not all the time.
function live() {
  const { reload } = context.list();
  return reload > 0 ? t('main.reload', duration(reload)) : t('main.live');
}

function onChange(change) {
  if (change.list) {
    refresh();
  }
  if (change.runs.length > 0) {
    context.changed({ runs: new Set(change.runs) });
  }
}

// Tabs of what is there, and the section of the chosen one; of the first one if none is chosen.
function showTabs() {
  const answer = context.list();
  const available = sectionsOf(sections, answer);
  const chosen = available.find(section => section.id === state.get('tab')) ?? available[0];
  shownTabs = available;
  const focused = tabs.contains(document.activeElement);
  fill(tabs, available.map(section => h('button', {
    type: 'button', role: 'tab', id: 'tab-' + section.id, 'aria-selected': section === chosen, 'aria-controls': 'section', tabindex: section === chosen ? '0' : '-1',
    onclick: () => openTab(section), onkeydown: moveTab,
  }, section.title())));
  const selected = tabs.querySelector('[aria-selected=true]');
  if (focused) {
    selected?.focus();
  }
  // Where not all tabs have room, they scroll.
  selected?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

  if (chosen === undefined) {
    close();
    body.removeAttribute('role');
    body.removeAttribute('aria-labelledby');
    fill(body, answer.loading ? h('p', { class: 'empty' }, t('main.reading')) : nothingYet(answer));
  } else if (open?.section !== chosen) {
    show(chosen);
  }
}

function nothingYet(answer) {
  return h('div', { class: 'empty' }, h('h2', {}, t('main.empty')), h('p', {}, t('main.empty.text')), h('pre', { tabindex: '0' }, answer.location ?? ''));
}

async function show(section) {
  close();
  const opened = { section, view: null };
  open = opened;
  body.setAttribute('role', 'tabpanel');
  body.setAttribute('aria-labelledby', 'tab-' + section.id);
  body.className = 'section-' + section.id;
  fill(body);
  try {
    const loaded = section.load === undefined ? section : (await section.load()).section;
    if (open === opened) {
      opened.view = loaded.create(context);
      body.append(opened.view.element);
    }
  } catch (error) {
    console.error(error);
    if (open === opened) {
      fill(body, h('p', { class: 'empty error', role: 'alert' }, t('main.failed', error.message)));
    }
  }
}

function close() {
  open?.view?.close();
  open = null;
}

function openTab(section) {
  state.set({ tab: section.id }, { push: true });
}

function moveTab(event) {
  const move = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
  if (move !== undefined) {
    event.preventDefault();
    stepTab(move);
  }
}

function stepTab(move) {
  const at = shownTabs.indexOf(open?.section);
  if (at >= 0) {
    openTab(shownTabs[Math.max(0, Math.min(shownTabs.length - 1, at + move))]);
  }
}

function shortcuts(openHelp) {
  return [
    { key: '/', label: t('key.tags'), run: () => focus('tags-filter') },
    { key: 'r', label: t('key.runs'), run: () => { setRuns(true); panel.focus(); } },
    { key: ']', label: t('key.next'), run: () => stepTab(1) },
    { key: '[', label: t('key.previous'), run: () => stepTab(-1) },
    { key: 'd', label: t('main.theme'), run: toggleTheme },
    { key: '?', label: t('key.help'), run: openHelp },
  ];
}

function focus(id) {
  const element = document.getElementById(id);
  element?.focus();
  element?.select?.();
}

function skip(event) {
  event.preventDefault();
  main.focus();
}

function isNarrow() {
  return matchMedia('(max-width: 760px)').matches;
}

function toggleRuns() {
  setRuns(page.classList.contains('runs-closed'));
}

function setRuns(shown) {
  page.classList.toggle('runs-closed', !shown);
  page.querySelector('[aria-controls=runs]').setAttribute('aria-expanded', shown);
}
