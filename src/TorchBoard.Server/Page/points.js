// Points as arrays of numbers, of the two forms in which they come. Steps that a number would round are also kept as texts.
// extremes is 1 for each point of a reduced curve that is included only as the lowest or highest of many; null for a whole curve.

const types = { int32: Int32Array, int64: BigInt64Array, float32: Float32Array, float64: Float64Array, uint8: Uint8Array };

/** A curve of JSON, in which texts stand for numbers such as NaN and steps beyond 2^53. */
export function numbers({ run, count, steps, values, times, extremes }) {
  const marked = extremes === undefined ? null : new Uint8Array(steps.length);
  extremes?.forEach(i => (marked[i] = 1));
  const exactSteps = steps.some(step => typeof step === 'string') ? steps : null;
  return { run, count, exactSteps, steps: new Float64Array(steps), values: new Float64Array(values), times: new Float64Array(times), extremes: marked };
}

/** The curves of an answer in bytes, which ScalarBytes.cs describes. The arrays are parts of it. */
export function series(buffer) {
  const start = 4 + new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, start - 4)));
  let at = start;

  function next(type, length) {
    const array = new types[type](buffer, at, length);
    at += Math.ceil(array.byteLength / 8) * 8;
    return array;
  }

  return header.series.map(({ run, count, length, steps, values, extremes }) => {
    const times = next('float64', length);
    const counted = next(steps, length);
    const exactSteps = steps === 'int64' ? Array.from(counted, exact) : null;
    return {
      run, count, exactSteps, times, steps: exactSteps === null ? counted : Float64Array.from(counted, Number), values: next(values, length),
      extremes: extremes ? next('uint8', length) : null,
    };
  });
}

function exact(step) {
  return Number.isSafeInteger(Number(step)) ? Number(step) : String(step);
}
