// Fingers on a drawing: one moves it, two zoom it. A mouse and a pen are left alone.

/**
 * Calls on.move(dx, dy, factor, [x, y]) when fingers move: by so many pixels, zoomed by a factor around a point of the window;
 * factor is 1 for one finger. on.begin() and on.end() are around it, if given. on.one tells what one finger does: 'moves', the
 * default, 'sideways', if it begins to the side, or 'scrolls' the page. Returns what ends it.
 */
export function fingers(element, on) {
  const down = new Map();
  const { one = 'moves' } = on;
  let moved = false;

  function middle() {
    const all = [...down.values()];
    return [all.reduce((sum, at) => sum + at[0], 0) / all.length, all.reduce((sum, at) => sum + at[1], 0) / all.length];
  }

  function spread() {
    const [a, b] = [...down.values()];
    return b === undefined ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  function press(event) {
    if (event.pointerType === 'touch') {
      down.set(event.pointerId, [event.clientX, event.clientY]);
    }
  }

  function move(event) {
    const last = down.get(event.pointerId);
    if (last === undefined || down.size > 2 || (down.size < 2 && one === 'scrolls')) {
      return;
    }
    // A tap trembles.
    const [across, along] = [Math.abs(event.clientX - last[0]), Math.abs(event.clientY - last[1])];
    if (!moved && down.size < 2 && (Math.hypot(across, along) < 6 || (one === 'sideways' && along >= across))) {
      return;
    }
    if (!moved) {
      moved = true;
      on.begin?.();
    }
    const [before, distance] = [middle(), spread()];
    down.set(event.pointerId, [event.clientX, event.clientY]);
    const after = middle();
    on.move(after[0] - before[0], after[1] - before[1], distance > 10 && spread() > 10 ? spread() / distance : 1, after);
  }

  function lift(event) {
    if (down.delete(event.pointerId) && down.size === 0 && moved) {
      moved = false;
      on.end?.();
    }
  }

  // The browser would scroll with two fingers where it may scroll with one.
  function hold(event) {
    if (event.touches.length > 1 && event.cancelable) {
      event.preventDefault();
    }
  }

  const listeners = [['pointerdown', press], ['pointermove', move], ['pointerup', lift], ['pointercancel', lift]];
  listeners.forEach(([type, listener]) => element.addEventListener(type, listener));
  ['touchstart', 'touchmove'].forEach(type => element.addEventListener(type, hold, { passive: false }));
  return () => {
    listeners.forEach(([type, listener]) => element.removeEventListener(type, listener));
    ['touchstart', 'touchmove'].forEach(type => element.removeEventListener(type, hold));
  };
}
