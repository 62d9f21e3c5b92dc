// Points in two or three dimensions on a canvas: as dots or small pictures, with labels of those that are marked.

import { letterScale } from '../theme.js';
import { turned } from './camera.js';

/** drawPoints(context, view) draws view = { points, count, camera, width, height, colorOf, labelOf, marked, sprite, colors }; returns the places. */
export function drawPoints(context, view) {
  const { points, count, camera, width, height, marked } = view;
  const places = placesOf(points, count, camera, width, height, view.radius);
  const order = [...places.keys()];
  if (!camera.flat) {
    order.sort((a, b) => places[a].z - places[b].z);
  }
  const size = Math.max(2.2, Math.min(9, 60 / Math.sqrt(count) + 1.6)) * Math.min(2.4, Math.max(1, Math.sqrt(camera.zoom)));
  const faded = marked.size > 0;
  for (const i of order) {
    const { x, y, z } = places[i];
    if (x < -40 || y < -40 || x > width + 40 || y > height + 40) {
      continue;
    }
    context.globalAlpha = faded && !marked.has(i) ? 0.18 : camera.flat ? 0.9 : 0.55 + 0.45 * Math.max(0, Math.min(1, (z + 1) / 2));
    if (view.sprite !== null) {
      drawSprite(context, view.sprite, i, x, y, size, view.colorOf(i));
    } else {
      context.fillStyle = view.colorOf(i);
      context.beginPath();
      context.arc(x, y, marked.has(i) ? size * 0.85 : size / 1.7, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
  context.font = 12 * letterScale() + 'px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  let labels = 0;
  for (const i of marked) {
    const label = labels++ < 60 ? view.labelOf(i).slice(0, 40) : '';
    if (label !== '' && places[i] !== undefined) {
      context.strokeStyle = view.colors.surface;
      context.strokeText(label, places[i].x + size + 2, places[i].y);
      context.fillStyle = view.colors.text;
      context.fillText(label, places[i].x + size + 2, places[i].y);
    }
  }
  return places;
}

/** The point nearest to a place of the window, within reach; -1 if there is none. */
export function pointAt(places, x, y) {
  let found = -1;
  let least = 14 * 14;
  places.forEach((place, i) => {
    const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (distance < least || (distance === least && place.z > places[found].z)) {
      least = distance;
      found = i;
    }
  });
  return found;
}

function placesOf(points, count, camera, width, height, radius) {
  const unit = Math.min(width, height) * 0.46 * camera.zoom / radius;
  return Array.from({ length: count }, (_, i) => {
    const [x, y, z] = turned(camera, points[3 * i], points[3 * i + 1], camera.flat ? 0 : points[3 * i + 2]);
    return { x: width / 2 + camera.x + x * unit, y: height / 2 + camera.y - y * unit, z: z / radius };
  });
}

function drawSprite(context, sprite, i, x, y, size, color) {
  const { image, width, height, every } = sprite;
  const columns = Math.max(1, Math.floor(image.naturalWidth / width));
  const at = i * every;
  const side = Math.max(12, size * 3.4);
  const [w, h] = width >= height ? [side, side * height / width] : [side * width / height, side];
  context.drawImage(image, at % columns * width, Math.floor(at / columns) * height, width, height, x - w / 2, y - h / 2, w, h);
  context.strokeStyle = color;
  context.lineWidth = 1.2;
  context.strokeRect(x - w / 2, y - h / 2, w, h);
}
