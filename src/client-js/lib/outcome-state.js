import { inspect } from 'node:util';
import { requireRecord, timeOfRecord } from './arguments.js';
import { MissingRecords } from './missing-records.js';
import { INPUTS, POSITIONS } from './topics.js';

// How many positions are kept that are not known to be complete.
const MOST = 128;

// How many refusals are kept with their details.
const MOST_DETAILS = 100_000;

const PENDING = { kind: 'PENDING' };

// The outcome of events, from the records of `progress` and `dead-letters` in the order of reading (R33). Does the same
// as io.keyward.client.OutcomeState. Times are milliseconds.
//
// For the reader, an event is decided when three conditions hold:
// 1. A progress record of its partition has a position past the event.
// 2. A later one reports a time later than the first was written. Only then has the event's fan-out ended.
// 3. The dead-letter records have been read up to their ends after that, open transactions included, and none
//    is of the event.
export class OutcomeState {
  #prefix;
  #partitions = 0;
  #progress = new Map(); // by partition: {last, notes, finished, confirmed}
  #claims = new Map();
  #refused = new Map();
  #missing = new MissingRecords(); // what the cluster answers about the inputs, independent of the reading of outputs
  #older = new Map(); // only the codes of the oldest, so that a flood of dead-letter records cannot exhaust the memory

  constructor(prefix = 'cmk.') {
    this.#prefix = prefix;
  }

  // Reading starts, or has failed: everything is discarded.
  begins() {
    this.#progress.clear();
    this.#claims.clear();
    this.#refused.clear();
    this.#older.clear();
  }

  failed() {
    this.begins();
  }

  // Takes a record of `progress`; `null` is a tombstone. A record that reports less than the one before it, or
  // positions that this release does not understand, discards what was decided on its partition. `written` is when the
  // broker appended the record; it caps the reported time.
  progress(partition, progress, written) {
    const next = requireRecord('progress', progress) ? positions(partition, progress.positions) : undefined;
    if (progress && progress.partitions !== this.#partitions) {
      this.#progress.clear();
      this.#partitions = progress.partitions;
    }
    const before = this.#progress.get(partition);
    if (next === undefined) {
      this.#progress.delete(partition);
      return;
    }
    const decidedUpTo = timeOfRecord('decidedUpTo', progress.decidedUpTo);
    const received = timeOfRecord('written', written);
    const bar = Math.max(received, decidedUpTo);
    const back = before && (decidedUpTo < before.last.decidedUpTo || next.some((one, i) => one < before.last.next[i]));
    const known = before && !back ? before : { notes: [], finished: undefined, confirmed: undefined };
    known.last = { decidedUpTo, next };
    while (known.notes.some(({ bar }) => bar < Math.min(received, decidedUpTo))) {
      known.finished = known.notes.shift().next;
    }
    known.notes.length = Math.min(known.notes.length, MOST - 1);
    known.notes.push({ bar, next });
    this.#progress.set(partition, known);
  }

  refused(coordinates, code, detail) {
    if (this.#input(coordinates) >= 0) {
      this.#refused.set(key(coordinates), { kind: 'REFUSED', code, detail });
    }
    if (this.#refused.size > MOST_DETAILS) {
      const [[oldest, { code: ofOldest }]] = this.#refused;
      this.#refused.delete(oldest);
      this.#older.set(oldest, ofOldest);
    }
  }

  #refusal(coordinates) {
    const code = this.#older.get(key(coordinates));
    const older = code && { kind: 'REFUSED', code, detail: 'See the dead-letter record of this event for details.' };
    return this.#refused.get(key(coordinates)) ?? older;
  }

  asks() {
    this.#claims = new Map([...this.#progress.values()].map((known) => [known, known.finished]));
  }

  reachedEnds() {
    this.#claims.forEach((finished, known) => (known.confirmed = finished));
  }

  // The input topics whose end offsets have to be requested now; `ends` takes the answers.
  due(now = performance.now()) {
    return this.#missing.due(now);
  }

  // Takes the end offsets of an input by partition, open transactions included; empty if there is no such topic.
  ends(topic, ends, sent) {
    this.#missing.answered(topic, ends, sent);
  }

  #input({ topic }) {
    return INPUTS.findIndex((input) => topic === this.#prefix + input);
  }

  // `now` is by a monotonic clock, such as performance.now().
  outcome(coordinates, now = performance.now()) {
    const topic = this.#input(coordinates);
    if (topic < 0 || ![coordinates.partition, coordinates.offset].every((number) => Number.isSafeInteger(number) && number >= 0)) {
      throw new RangeError(`Not the coordinates of a record in an input topic: ${inspect(coordinates)}`);
    }
    const decided = coordinates.offset < this.#progress.get(coordinates.partition)?.confirmed?.[topic];
    const known = this.#refusal(coordinates) ?? (decided ? { kind: 'DECIDED' } : undefined);
    if (known !== undefined) {
      this.#missing.remove(coordinates);
      return known;
    }
    const why = this.#missing.why(coordinates, now);
    return why === undefined ? PENDING : { kind: 'UNKNOWN', why };
  }
}

const key = ({ topic, partition, offset }) => `${topic}:${partition}:${offset}`;

// Parses the next offsets of a position. undefined if it is of another partition, or of a release
// that reads other topics.
function positions(partition, text) {
  const [own, offsets] = text.split(':');
  const next = (offsets ?? '').split(',').map((offset) => (/^\d+$/.test(offset) ? Number(offset) : NaN));
  return own === String(partition) && next.length === POSITIONS.length && !next.includes(NaN) ? next : undefined;
}
