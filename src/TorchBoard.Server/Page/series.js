// The points of one tag in the runs that are shown: asked for when needed, again when they change.

/**
 * createSeries(context, tag, onData, onError) → { want(ids, stale), of(id), close() }.
 * want asks for the runs that are missing or stale; of returns { run, count, steps, values, times } or undefined.
 */
export function createSeries(context, tag, onData, onError) {
  const byRun = new Map();
  const stale = new Set();
  let wanted = [];
  let points = 0;
  let loading = null;

  async function load() {
    const missing = wanted.filter(id => !byRun.has(id) || stale.has(id));
    if (missing.length === 0 || loading !== null) {
      return;
    }
    missing.forEach(id => stale.delete(id));
    loading = new AbortController();
    const { signal } = loading;
    try {
      const answer = await context.api.scalars(tag, missing, points, signal);
      for (const one of answer) {
        byRun.set(one.run, one);
      }
      const given = new Set(answer.map(one => one.run));
      for (const id of missing) {
        // A run whose data went away has none; it must not be asked for forever.
        if (!given.has(id)) {
          byRun.set(id, { run: id, count: 0, steps: [], values: [], times: [] });
        }
      }
      loading = null;
      onData();
      load();
    } catch (error) {
      // What was canceled may be told late, when the next answer is awaited.
      if (!signal.aborted) {
        loading = null;
        missing.forEach(id => stale.add(id));
        onError(error);
      }
    }
  }

  return {
    want(ids, changed) {
      wanted = ids;
      for (const id of changed) {
        stale.add(id);
      }
      const next = pointsFor(ids.length);
      if (next !== points) {
        // Finer or coarser than what is here.
        points = next;
        byRun.forEach((_, id) => stale.add(id));
      }
      load();
    },
    of: id => byRun.get(id),
    close() {
      loading?.abort();
      loading = null;
      wanted = [];
      byRun.clear();
    },
  };
}

// More runs, fewer points of each: what one chart holds stays bounded.
function pointsFor(runs) {
  return runs <= 4 ? 10000 : runs <= 20 ? 2000 : runs <= 100 ? 1000 : runs <= 400 ? 250 : 100;
}
