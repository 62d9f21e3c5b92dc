// Numbers and times as people read them.

import { language } from './i18n.js';

let clock = null;

/** The shortest text that stands for exactly this number; most values were written as 32-bit numbers. */
export function exact(value) {
  if (Number.isFinite(value) && !Number.isSafeInteger(value) && Math.fround(value) === value) {
    for (let digits = 1; digits < 10; digits++) {
      const text = value.toPrecision(digits);
      if (Math.fround(Number(text)) === value) {
        return tidy(Number(text));
      }
    }
  }
  return tidy(value);
}

/** A step: a number, or a text beyond 2^53, where numbers are rounded. */
export function stepText(step) {
  return String(step);
}

/** The order of steps. */
export function compareSteps(a, b) {
  return a - b || (typeof a === 'string' && typeof b === 'string' ? Number(BigInt(a) - BigInt(b)) : 0);
}

/** About six digits, for values that are computed. */
export function rounded(value) {
  return Number.isFinite(value) ? tidy(Number(value.toPrecision(6))) : tidy(value);
}

/** A label of an axis. */
export function axisNumber(value) {
  const size = Math.abs(value);
  if (value === 0) {
    return '0';
  }
  if (size >= 1e15 || size < 1e-4) {
    return value.toExponential().replace('e+', 'e');
  }
  for (const [limit, suffix] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e4, 'k']]) {
    if (size >= limit) {
      return tidy(Number((value / (limit === 1e4 ? 1e3 : limit)).toPrecision(6))) + suffix;
    }
  }
  return tidy(Number(value.toPrecision(10)));
}

/** Seconds as 3.2 s, 5:07 or 2:05:07. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return '';
  }
  const sign = seconds < 0 ? '-' : '';
  const size = Math.abs(seconds);
  if (size < 60) {
    return sign + Number(size.toPrecision(3)) + ' s';
  }
  const whole = Math.round(size);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const days = Math.floor(parts[0] / 24);
  if (days > 0) {
    return sign + days + ' d ' + two(parts[0] % 24) + ':' + two(parts[1]);
  }
  return sign + (parts[0] > 0 ? parts[0] + ':' + two(parts[1]) : String(parts[1])) + ':' + two(parts[2]);
}

/** Seconds since 1970 as a date and time. */
export function time(seconds) {
  clock ??= new Intl.DateTimeFormat(language(), { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  return Number.isFinite(seconds) ? clock.format(seconds * 1000) : '';
}

/** Times on an axis whose labels are `step` seconds apart; the first label has the date too. */
export function axisTimes(times, step) {
  return times.map((seconds, index) => {
    if (seconds === null) {
      return '';
    }
    const date = new Date(seconds * 1000);
    const day = two(date.getMonth() + 1) + '-' + two(date.getDate());
    if (step >= 86400) {
      return step >= 86400 * 200 ? date.getFullYear() + '-' + day : day;
    }
    const clock = two(date.getHours()) + ':' + two(date.getMinutes()) + (step < 60 ? ':' + two(date.getSeconds()) : '') + (step < 1 ? '.' + String(date.getMilliseconds()).padStart(3, '0') : '');
    return index === 0 || clock === '00:00' ? day + '\n' + clock : clock;
  });
}

function two(value) {
  return String(value).padStart(2, '0');
}

function tidy(value) {
  return String(value).replace('e+', 'e');
}
