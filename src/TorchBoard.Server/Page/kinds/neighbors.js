// The vectors nearest to one, in a report, which has no server to ask.

const most = 100;
const decoded = new Map();

/** The vectors of an embedding in a report, row by row; throws if the report leaves them out. */
export function vectorsOf(api, { run, tag }) {
  const key = run.id + '\n' + tag;
  let vectors = decoded.get(key);
  if (vectors === undefined) {
    const url = api.blobUrl('/api/vectors', { run: run.id, tag });
    const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), letter => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    vectors = Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
    decoded.set(key, vectors);
  }
  return vectors;
}

/** { points, distances } of those nearest to vector i, by 'cosine' or 'euclidean', as the server's /api/neighbors. */
export function nearest(vectors, dimensions, i, metric) {
  const count = Math.floor(vectors.length / dimensions);
  const distances = Float64Array.from({ length: count }, (_, other) => {
    const distance = metric === 'cosine' ? 1 - cosine(vectors, dimensions, i, other) : euclidean(vectors, dimensions, i, other);
    return Number.isNaN(distance) ? Number.MAX_VALUE : distance;
  });
  const points = [...distances.keys()].filter(other => other !== i).sort((a, b) => distances[a] - distances[b] || a - b).slice(0, most);
  return { points, distances: points.map(other => distances[other]) };
}

function cosine(vectors, dimensions, a, b) {
  let [product, lengthA, lengthB] = [0, 0, 0];
  for (let k = 0; k < dimensions; k++) {
    const [x, y] = [vectors[a * dimensions + k], vectors[b * dimensions + k]];
    product += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  return product / Math.sqrt(lengthA * lengthB);
}

function euclidean(vectors, dimensions, a, b) {
  let sum = 0;
  for (let k = 0; k < dimensions; k++) {
    sum += (vectors[a * dimensions + k] - vectors[b * dimensions + k]) ** 2;
  }
  return Math.sqrt(sum);
}
