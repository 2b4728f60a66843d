import { inspect } from 'node:util';
import { requireRecord, timeOfRecord } from './arguments.js';
import { MissingRecords } from './missing-records.js';
import { INPUTS, POSITIONS } from './topics.js';

// How many positions are remembered that are not known to be finished.
const MOST = 128;

const MOST_DETAILS = 100_000;

const PENDING = { kind: 'PENDING' };

// What became of events, by the records of `progress` and `dead-letters` that were read. Times are milliseconds.
//
// A position says that the events before it are among the facts. Their fan-outs have ended once progress says that the
// partition is decided up to a time after that at which the position was written. And the dead letters have to be read to
// where they ended after that.
export class OutcomeState {
  #prefix;
  #partitions = 0;
  #progress = new Map(); // by partition: {last, notes, finished, confirmed}
  #claims = new Map();
  #refused = new Map();
  #missing = new MissingRecords(); // what Kafka says of inputs, whatever happens to the reading of outputs
  #older = new Map(); // their codes alone, so that a flood of dead letters does not fill the memory

  constructor(prefix = 'cmk.') {
    this.#prefix = prefix;
  }

  // Reading begins, or it failed: what was read before is forgotten.
  begins() {
    this.#progress.clear();
    this.#claims.clear();
    this.#refused.clear();
    this.#older.clear();
  }

  failed() {
    this.begins();
  }

  // `written` is when the broker got the record; if it speaks of a later time, this one counts. `null` stands for a tombstone.
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

  // The input topics of which it has to be asked now where they end; `ends` takes the answers.
  due(now = performance.now()) {
    return this.#missing.due(now);
  }

  // `ends` are the offsets where the partitions end, open transactions included; none if there is no such topic.
  ends(topic, ends, sent) {
    this.#missing.answered(topic, ends, sent);
  }

  #input({ topic }) {
    return INPUTS.findIndex((input) => topic === this.#prefix + input);
  }

  // `now` is of a clock that never jumps, such as performance.now().
  outcome(coordinates, now = performance.now()) {
    const topic = this.#input(coordinates);
    if (topic < 0 || ![coordinates.partition, coordinates.offset].every((number) => Number.isSafeInteger(number) && number >= 0)) {
      throw new RangeError(`${inspect(coordinates)} is not the coordinates of a record in an input topic.`);
    }
    const decided = coordinates.offset < this.#progress.get(coordinates.partition)?.confirmed?.[topic];
    const known = this.#refusal(coordinates) ?? (decided ? { kind: 'DECIDED' } : undefined);
    if (known !== undefined) {
      this.#missing.forget(coordinates);
      return known;
    }
    const why = this.#missing.why(coordinates, now);
    return why === undefined ? PENDING : { kind: 'UNKNOWN', why };
  }
}

const key = ({ topic, partition, offset }) => `${topic}:${partition}:${offset}`;

// undefined if they are of another partition, or of a release that reads other topics.
function positions(partition, text) {
  const [own, offsets] = text.split(':');
  const next = (offsets ?? '').split(',').map((offset) => (/^\d+$/.test(offset) ? Number(offset) : NaN));
  return own === String(partition) && next.length === POSITIONS.length && !next.includes(NaN) ? next : undefined;
}
