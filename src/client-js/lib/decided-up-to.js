import { requireClock, timeOfRecord } from './arguments.js';
import { tenantPartition } from './partition.js';

// How many moments are kept for which the tenant's own partition still has to report a later time. They cover
// 19 hours, by STEPS.
const MOST = 512;

// Moments closer together than this are merged.
const STEP = 1_000;

// Moments closer together than this fraction of a partition's lag are merged, too.
const STEPS = 64;

// Up to which time a reader of the outputs knows that all is decided, from the records of the topic `progress` in the
// order in which it reads them (R33). Does the same as io.keyward.client.DecidedUpTo, which explains why. Times are
// milliseconds; `now` is by the reader's monotonic clock, everything else by the brokers'.
export class DecidedUpTo {
  #reported = new Map();
  #byAll = []; // [when the reader had read it, the time up to which all partitions were decided], both ascending
  #moments = new Map(); // the time up to which each partition was decided by its last report, on the reader's clock
  #claimed = new Map();
  #confirmed = new Map();
  #requestedAt; // when the end offsets were last requested: before any record that is read now was appended
  #ahead = 0;
  #partitions = 0;
  #discarded = 0;

  // Takes a record. A record that reports an earlier time than the one before it, or another partition count, discards
  // everything known: the processor's state was recovered or moved. `appended` is when a broker appended the record; it
  // caps the reported time.
  read(partition, progress, now) {
    const { partitions } = progress;
    const decidedUpTo = timeOfRecord('decidedUpTo', progress.decidedUpTo);
    const appended = timeOfRecord('appended', progress.appended);
    requireClock('now', now);
    if (partitions !== this.#partitions) {
      this.#reported.clear();
      this.#partitions = partitions;
      this.#discard();
    } else if (decidedUpTo < this.#reported.get(partition)?.decidedUpTo) {
      this.#discard();
    }
    const known = Math.min(decidedUpTo, appended);
    this.#reported.set(partition, { decidedUpTo, known });
    this.#ahead = this.#requestedAt === undefined ? 0 : this.#requestedAt - appended;
    if (this.#reported.size === partitions) {
      // Before the first ends are reached, a clock that is ahead goes unnoticed: it only makes the claim late.
      this.#claim(partition, (this.#requestedAt ?? Math.min(now, appended)) - (appended - known));
      this.#prune();
      this.#remember(now);
    }
  }

  #claim(partition, before) {
    this.#moments.set(partition, before);
    const known = this.#byAll.findLast(([moment]) => moment <= before);
    if (known !== undefined) {
      putMax(this.#claimed, partition, known[1]);
    }
  }

  // Drops what no partition needs any longer.
  #prune() {
    const oldest = Math.min(...this.#moments.values());
    const needed = this.#byAll.findLastIndex(([moment]) => moment <= oldest);
    if (needed > 0 && this.#moments.size === this.#partitions) {
      this.#byAll.splice(0, needed);
    }
  }

  #remember(now) {
    const all = Math.min(...[...this.#reported.values()].map(({ known }) => known));
    const last = this.#byAll.at(-1);
    const step = Math.max(STEP, (now - this.#byAll[0]?.[0]) / STEPS);
    if (last === undefined || (last[1] < all && now - last[0] >= step)) {
      this.#byAll.push([now, all]);
    }
    if (this.#byAll.length > MOST) {
      this.#byAll.shift();
    }
  }

  // Takes a tombstone, or a record that cannot be read: the report of the partition is void, and
  // everything known is discarded.
  removed(partition) {
    this.#reported.delete(partition);
    this.#discard();
  }

  #discard() {
    this.#byAll = [];
    this.#moments.clear();
    this.#claimed.clear();
    this.#confirmed.clear();
    this.#discarded++;
  }

  // What can be confirmed once all outputs, and `progress`, have been read up to the end offsets requested next.
  claims(now) {
    return { times: new Map(this.#claimed), after: this.#discarded, asked: now };
  }

  // Confirms that the reader has read everything that existed after it took the claims.
  confirm(claims) {
    this.#requestedAt = claims.asked;
    if (claims.after === this.#discarded) {
      claims.times.forEach((time, partition) => putMax(this.#confirmed, partition, time));
    }
  }

  // The least by which the reader's clock is ahead of the brokers'; zero or less if that is not known.
  get ahead() {
    return this.#ahead;
  }

  // The time up to which the tenants of the partition are decided for the reader; undefined if it is not known.
  of(partition) {
    return this.#confirmed.get(partition);
  }

  ofTenant(tenantId) {
    return this.#partitions === 0 ? undefined : this.of(tenantPartition(tenantId, this.#partitions));
  }
}

function putMax(times, partition, time) {
  times.set(partition, Math.max(time, times.get(partition) ?? time));
}
