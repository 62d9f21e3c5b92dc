// A camera that turns around what it looks at: dragging turns, with Shift, by two fingers or without a third dimension it moves;
// the wheel, two fingers and + and − zoom, the arrow keys turn or move, 0 goes back.

import { fingers } from '../pinch.js';

const start = { yaw: 0.6, pitch: 0.35, zoom: 1, x: 0, y: 0 };

/** createCamera(changed) → { yaw, pitch, zoom, x, y, flat, attach(canvas) → detach, reset() }; changed() after each move. */
export function createCamera(changed) {
  const camera = { ...start, flat: false, attach, reset };

  function reset() {
    Object.assign(camera, start);
    changed();
  }

  function turn(dx, dy, moves) {
    if (camera.flat || moves) {
      camera.x += dx;
      camera.y += dy;
    } else {
      camera.yaw += dx * 0.01;
      camera.pitch = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, camera.pitch + dy * 0.01));
    }
    changed();
  }

  function zoom(factor, at, size) {
    const next = Math.max(0.1, Math.min(60, camera.zoom * factor));
    // What is under the pointer stays there.
    const [x, y] = at === undefined ? [0, 0] : [at[0] - size[0] / 2, at[1] - size[1] / 2];
    camera.x = x - (x - camera.x) * next / camera.zoom;
    camera.y = y - (y - camera.y) * next / camera.zoom;
    camera.zoom = next;
    changed();
  }

  function attach(canvas) {
    let last = null;
    const down = event => {
      if (event.button === 0 && event.pointerType !== 'touch') {
        last = [event.clientX, event.clientY];
        canvas.setPointerCapture(event.pointerId);
      }
    };
    const move = event => {
      if (last !== null) {
        turn(event.clientX - last[0], event.clientY - last[1], event.shiftKey);
        last = [event.clientX, event.clientY];
      }
    };
    const up = () => (last = null);
    let two = false;
    const letGo = fingers(canvas, {
      begin: () => (two = false),
      move(dx, dy, factor, [x, y]) {
        two ||= factor !== 1;
        turn(dx, dy, two);
        const box = canvas.getBoundingClientRect();
        if (factor !== 1) {
          zoom(factor, [x - box.left, y - box.top], [box.width, box.height]);
        }
      },
    });
    const wheel = event => {
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), [event.clientX - box.left, event.clientY - box.top], [box.width, box.height]);
    };
    const key = event => {
      const arrow = { ArrowLeft: [-15, 0], ArrowRight: [15, 0], ArrowUp: [0, -15], ArrowDown: [0, 15] }[event.key];
      if (arrow !== undefined) {
        turn(arrow[0], arrow[1], event.shiftKey);
      } else if (event.key === '+' || event.key === '=') {
        zoom(1.25);
      } else if (event.key === '-') {
        zoom(0.8);
      } else if (event.key === '0') {
        reset();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };
    const listeners = [['pointerdown', down], ['pointermove', move], ['pointerup', up], ['pointercancel', up], ['keydown', key]];
    listeners.forEach(([type, listener]) => canvas.addEventListener(type, listener));
    canvas.addEventListener('wheel', wheel, { passive: false });
    canvas.style.touchAction = 'none';
    return () => {
      listeners.forEach(([type, listener]) => canvas.removeEventListener(type, listener));
      canvas.removeEventListener('wheel', wheel);
      letGo();
    };
  }

  return camera;
}

/** Turns a point as the camera is turned: x to the right, y up, z to the viewer. */
export function turned(camera, x, y, z) {
  if (camera.flat) {
    return [x, y, z];
  }
  const [cy, sy, cp, sp] = [Math.cos(camera.yaw), Math.sin(camera.yaw), Math.cos(camera.pitch), Math.sin(camera.pitch)];
  const rx = cy * x + sy * z;
  const rz = cy * z - sy * x;
  return [rx, cp * y - sp * rz, sp * y + cp * rz];
}
