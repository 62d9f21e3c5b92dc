// Work for the next frame. What is asked for twice is done once; what takes long leaves room for the pointer and keys.
// A hidden page has no frames, so that it does nothing.

const jobs = new Map();
let requested = false;

/** Runs job() in a coming frame, instead of an earlier job of the same key. */
export function schedule(key, job) {
  jobs.set(key, job);
  request();
}

export function unschedule(key) {
  jobs.delete(key);
}

function request() {
  if (!requested && jobs.size > 0) {
    requested = true;
    requestAnimationFrame(run);
  }
}

function run() {
  const until = performance.now() + 12;
  requested = false;
  for (const [key, job] of jobs) {
    jobs.delete(key);
    job();
    if (performance.now() > until) {
      break;
    }
  }
  request();
}
