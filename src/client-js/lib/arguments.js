import { inspect, types } from 'node:util';

const EARLIEST = Date.UTC(2015, 0, 1);
const DAY = 86_400_000;
const ISO =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const UNITS = { seconds: 1000, microseconds: 1e-3, nanoseconds: 1e-6 };

// The last time that ISO 8601 writes with a year of four digits.
export const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

// Nothing that has happened lies further ahead: clocks differ, but not by a day.
export const latestEvent = (now = Date.now()) => now + DAY;

// The milliseconds of a Date, of an ISO 8601 string with a zone, or of whole milliseconds; NaN for anything else.
export function toMillis(value) {
  if (types.isDate(value)) {
    return Date.prototype.getTime.call(value);
  }
  if (typeof value === 'string') {
    const [, date] = ISO.exec(value) ?? [];
    return date !== undefined && isDay(date) ? Date.parse(value) : NaN;
  }
  return Number.isSafeInteger(value) ? value : NaN;
}

// Date.parse accepts 30 February, as 2 March.
const isDay = (date) => {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
};

// Returns the time in milliseconds. Throws a TypeError if it is not a time, and a RangeError if it is impossible. Most
// impossible times are in another unit.
export function requireTime(name, value, latest) {
  const time = toMillis(value);
  if (isPlausible(time, latest)) {
    return time;
  }
  const hasType = types.isDate(value) || ['number', 'string'].includes(typeof value);
  const number = typeof value === 'number' ? value : time;
  const unit = Object.keys(UNITS).find((one) => isPlausible(number * UNITS[one], latest));
  const failure = hasType ? RangeError : TypeError;
  throw new failure(
    `${name}: ${show(value)} is not a valid time; must be a Date, an ISO 8601 string with a zone, or whole ` +
      `milliseconds, between ${iso(EARLIEST)} and ${iso(latest)}${unit ? `; it looks like ${unit}` : ''}`,
  );
}

const isPlausible = (time, latest) => time >= EARLIEST && time <= latest;
const iso = (time) => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time));
const show = (value) => inspect(value, { depth: 0, customInspect: false, maxStringLength: 100, breakLength: Infinity });

// Returns a time of a record in milliseconds. Records may hold any time, and libraries return times in several types.
export function timeOfRecord(name, value) {
  const time = typeof value === 'bigint' ? Number(value) : types.isDate(value) ? toMillis(value) : value;
  if (Number.isInteger(time)) {
    return time;
  }
  throw new TypeError(`${name}: ${show(value)} is not a time; must be whole milliseconds or a Date`);
}

// Throws if it is not a time of a reader's clock. A monotonic clock has fractions of milliseconds.
export function requireClock(name, value) {
  if (typeof value !== 'number' || !isPlausible(value, LATEST)) {
    throw new TypeError(`${name}: ${show(value)} is not a time of a clock; must be milliseconds as a number, since 2015`);
  }
}

// Throws if it is not a name: an id or a sink.
export function requireName(name, value) {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`${name}: ${show(value)} is not a name; must be a string that is not empty`);
  }
}

// Returns the record: null is a tombstone, undefined a record that cannot be read. Throws if it is anything else.
export function requireRecord(name, value) {
  if (value !== null && value !== undefined && (typeof value !== 'object' || Array.isArray(value))) {
    throw new TypeError(`${name}: ${show(value)} is not a record; must be an object, null or undefined`);
  }
  return value;
}
