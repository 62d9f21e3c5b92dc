// Colors of runs: each has a contrast of at least 3:1 with the backgrounds of both themes.

const palette = [
  '#1f77c4', '#d9541e', '#2a9134', '#9b59c6', '#c2336f', '#0f8f94', '#a87b00', '#7a6ff0',
  '#e0433a', '#0091d5', '#6b8e23', '#d6408f', '#8d6e63', '#5c7d99', '#b0662b', '#008f5d',
];

const given = new Map();
const uses = palette.map(() => 0);

/**
 * The color of a run's or group's name, the same as long as the page is open. It follows from the name, except that a color
 * is given a second time only when all are in use; ask in the order of the runs' numbers.
 */
export function colorOf(name) {
  let index = given.get(name);
  if (index === undefined) {
    const fewest = Math.min(...uses);
    index = hash(name) % palette.length;
    while (uses[index] !== fewest) {
      index = (index + 1) % palette.length;
    }
    uses[index]++;
    given.set(name, index);
  }
  return palette[index];
}

// FNV-1a.
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
