import { requireClock, timeOfRecord } from './arguments.js';
import { tenantPartition } from './partition.js';

// How many moments are remembered of which the own partition has to say that it is decided up to them. They cover 19 hours.
const MOST = 512;

// One moment in that time is enough.
const STEP = 1_000;

// Nor do moments have to be closer than that part of what a partition is behind.
const STEPS = 64;

// Up to when a reader knows what is decided, by the records of the topic `progress` as it reads them (R33): the twin of
// io.keyward.client.DecidedUpTo, which says why. Times are milliseconds; `now` is by the reader's clock, which must not jump,
// and everything else by the brokers'.
export class DecidedUpTo {
  #said = new Map();
  #byAll = []; // [when the reader had read it, up to when all partitions were decided], both growing
  #moments = new Map(); // up to where each partition was decided when it spoke last, by the reader's clock
  #claimed = new Map();
  #confirmed = new Map();
  #asked; // before whatever is read now was appended, by the reader's clock
  #ahead = 0;
  #partitions = 0;
  #forgotten = 0;

  // `appended` is the time of the record. If `decidedUpTo` is later, `appended` counts: nobody can know more.
  read(partition, progress, now) {
    const { partitions } = progress;
    const decidedUpTo = timeOfRecord('decidedUpTo', progress.decidedUpTo);
    const appended = timeOfRecord('appended', progress.appended);
    requireClock('now', now);
    if (partitions !== this.#partitions) {
      this.#said.clear();
      this.#partitions = partitions;
      this.#forget();
    } else if (decidedUpTo < this.#said.get(partition)?.decidedUpTo) {
      this.#forget();
    }
    const known = Math.min(decidedUpTo, appended);
    this.#said.set(partition, { decidedUpTo, known });
    this.#ahead = this.#asked === undefined ? 0 : this.#asked - appended;
    if (this.#said.size === partitions) {
      // Before the first ends are reached, a clock that is ahead is not noticed: it makes the claim late.
      this.#claim(partition, (this.#asked ?? Math.min(now, appended)) - (appended - known));
      this.#prune();
      this.#remember(now);
    }
  }

  #claim(partition, before) {
    this.#moments.set(partition, before);
    const read = this.#byAll.findLast(([moment]) => moment <= before);
    if (read !== undefined) {
      later(this.#claimed, partition, read[1]);
    }
  }

  // What no partition needs any more.
  #prune() {
    const oldest = Math.min(...this.#moments.values());
    const needed = this.#byAll.findLastIndex(([moment]) => moment <= oldest);
    if (needed > 0 && this.#moments.size === this.#partitions) {
      this.#byAll.splice(0, needed);
    }
  }

  #remember(now) {
    const all = Math.min(...[...this.#said.values()].map(({ known }) => known));
    const last = this.#byAll.at(-1);
    const step = Math.max(STEP, (now - this.#byAll[0]?.[0]) / STEPS);
    if (last === undefined || (last[1] < all && now - last[0] >= step)) {
      this.#byAll.push([now, all]);
    }
    if (this.#byAll.length > MOST) {
      this.#byAll.shift();
    }
  }

  // The record of the partition was deleted, or cannot be read.
  removed(partition) {
    this.#said.delete(partition);
    this.#forget();
  }

  #forget() {
    this.#byAll = [];
    this.#moments.clear();
    this.#claimed.clear();
    this.#confirmed.clear();
    this.#forgotten++;
  }

  // What can be confirmed once all outputs, and `progress`, have been read up to the ends that are asked for next.
  claims(now) {
    return { times: new Map(this.#claimed), after: this.#forgotten, asked: now };
  }

  // All has been read that was there after the claims were taken.
  confirm(claims) {
    this.#asked = claims.asked;
    if (claims.after === this.#forgotten) {
      claims.times.forEach((time, partition) => later(this.#confirmed, partition, time));
    }
  }

  // By how much the reader's clock is ahead of the brokers', at least; zero or less if that is not known.
  get ahead() {
    return this.#ahead;
  }

  // Up to when the tenants of the partition are decided for the reader; undefined if that is not known.
  of(partition) {
    return this.#confirmed.get(partition);
  }

  ofTenant(tenantId) {
    return this.#partitions === 0 ? undefined : this.of(tenantPartition(tenantId, this.#partitions));
  }
}

function later(times, partition, time) {
  times.set(partition, Math.max(time, times.get(partition) ?? time));
}
