// What the page asks of its server. In a report, the same answers are in the page itself.

import { numbers, series } from './points.js';

const report = readReport();
const waiting = [];
const atOnce = 4;

let epoch = '';
let version = 0;
let active = 0;
let restarted = async () => {};

/** Whether the page is a report, which has all its data in it and no server. */
export const isReport = report !== null;

/** Calls f, which asks for the list, when the server may be another one, so that the numbers of runs are no longer valid. */
export function onRestart(f) {
  restarted = f;
}

/** The runs and tags: /api/runs. */
export async function list(signal) {
  // Whichever server answers: an epoch would be that of the one before.
  epoch = '';
  const answer = await get('/api/runs', {}, signal);
  epoch = answer.epoch ?? '';
  version = answer.version ?? 0;
  return answer;
}

/**
 * The points of a tag in the runs with these numbers, at most about `points` of each: [{ run, count, steps, values, times }]
 * with arrays of numbers. count is how many there are.
 */
export async function scalars(tag, ids, points, signal) {
  if (report !== null) {
    return fromReport('/api/scalars', { tag, runs: ids, points }).series.map(numbers);
  }
  return series(await ask('/api/scalars', { tag, runs: ids, points, format: 'bytes' }, signal, response => response.arrayBuffer()));
}

/** The steps of a tag of another kind: /api/values. */
export function values(tag, kind, ids, signal) {
  return get('/api/values', { tag, kind, runs: ids }, signal);
}

/** Any other JSON. A query's `runs` is a list of numbers; of a report, the answers of all runs are filtered. */
export async function get(path, query, signal) {
  if (report !== null) {
    return fromReport(path, query);
  }
  return ask(path, query, signal, response => response.json());
}

function ask(path, query, signal, read) {
  return queued(signal, async () => {
    const response = await fetch(path.slice(1) + '?' + search(query), { signal });
    if (response.status === 409) {
      restarted();
    }
    if (!response.ok) {
      throw new Error(await message(response));
    }
    return read(response);
  });
}

/** The address of a picture or sound. */
export function blobUrl(path, query) {
  if (report !== null) {
    return fromReport(path, query) ?? '';
  }
  return path.slice(1) + '?' + search(query);
}

/**
 * Follows the server, once the list is here: onChange({ version, list, runs }) for what changed since the list and since every
 * event, and onState('connected' | 'lost') for the connection. A hidden page does not listen, and catches up when it is seen.
 */
export function events(onChange, onState) {
  if (report !== null) {
    return;
  }
  let source = null;
  let retry = 0;

  function connect() {
    clearTimeout(retry);
    source?.close();
    source = new EventSource('api/events?' + search({ version }));
    source.onopen = () => onState('connected');
    source.addEventListener('change', event => {
      const change = JSON.parse(event.data);
      version = change.version;
      onChange(change);
    });
    source.onerror = () => {
      onState('lost');
      // A browser tries again after a broken connection but not after an answer, such as that of another server.
      if (source.readyState === EventSource.CLOSED) {
        retry = setTimeout(again, 1000);
      }
    };
  }

  async function again() {
    await restarted();
    if (!document.hidden) {
      connect();
    }
  }

  function disconnect() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      disconnect();
    } else if (source === null) {
      connect();
    }
  });
  if (!document.hidden) {
    connect();
  }
}

/** 1,3-9 for [1, 3, 4, …, 9]: a thousand runs fit into a URL. */
export function ranges(ids) {
  const sorted = [...ids].sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end + 1 < sorted.length && sorted[end + 1] === sorted[end] + 1) {
      end++;
    }
    parts.push(end === i ? String(sorted[i]) : sorted[i] + '-' + sorted[end]);
    i = end + 1;
  }
  return parts.join(',');
}

function search(query) {
  const parameters = new URLSearchParams();
  for (const key of Object.keys(query).sort()) {
    const value = query[key];
    if (value !== undefined && value !== null) {
      parameters.set(key, Array.isArray(value) ? ranges(value) : String(value));
    }
  }
  if (epoch !== '') {
    parameters.set('epoch', epoch);
  }
  return parameters.toString();
}

async function message(response) {
  try {
    return (await response.json()).error ?? response.statusText;
  } catch {
    return response.status + ' ' + response.statusText;
  }
}

// A browser opens few connections to one server; what waits here can still be canceled by its signal.
function queued(signal, run) {
  return new Promise((resolve, reject) => {
    waiting.push({ signal, run, resolve, reject });
    next();
  });
}

function next() {
  while (active < atOnce && waiting.length > 0) {
    const { signal, run, resolve, reject } = waiting.shift();
    if (signal?.aborted) {
      reject(signal.reason);
      continue;
    }
    active++;
    run().then(resolve, reject).finally(() => {
      active--;
      next();
    });
  }
}

function readReport() {
  const element = document.getElementById('torchboard-data');
  return element === null ? null : JSON.parse(element.textContent);
}

// The keys of a report have no runs, points or epoch: an answer holds all runs at once.
function fromReport(path, query) {
  const { runs, points, ...rest } = query;
  const parameters = new URLSearchParams();
  for (const key of Object.keys(rest).sort()) {
    if (rest[key] !== undefined && rest[key] !== null) {
      parameters.set(key, String(rest[key]));
    }
  }
  const text = parameters.toString();
  const at = path + (text === '' ? '' : '?' + text);
  const answer = Object.hasOwn(report, at) ? report[at] : undefined;
  if (answer === undefined) {
    throw new Error('This report does not have ' + at.slice(0, 200));
  }
  if (runs === undefined || answer.series === undefined) {
    return answer;
  }
  const wanted = new Set(runs);
  return { ...answer, series: answer.series.filter(one => wanted.has(one.run)) };
}
