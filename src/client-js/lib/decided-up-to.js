import { tenantPartition } from './partition.js';

// How many moments are remembered of which the own partition has to say that it is decided up to them.
const MOST = 128;

// Up to when a reader knows what is decided, by the records of the topic `progress` as it reads them (R33): the twin of
// io.keyward.client.DecidedUpTo, which says why. Times are milliseconds.
export class DecidedUpTo {
  #said = new Map();
  #byAll = []; // [when the reader had read it, up to when all partitions were decided], both growing
  #claimed = new Map();
  #confirmed = new Map();
  #partitions = 0;
  #forgotten = 0;

  read(partition, partitions, decidedUpTo, now) {
    if (partitions !== this.#partitions) {
      this.#said.clear();
      this.#partitions = partitions;
      this.#forget();
    } else if (decidedUpTo < this.#said.get(partition)) {
      this.#forget();
    }
    this.#said.set(partition, decidedUpTo);
    if (this.#said.size === partitions) {
      this.#claim(partition, decidedUpTo, now);
    }
  }

  #claim(partition, decidedUpTo, now) {
    const read = this.#byAll.findLast(([moment]) => moment <= decidedUpTo);
    if (read !== undefined) {
      later(this.#claimed, partition, read[1]);
    }
    const all = Math.min(...this.#said.values());
    const last = this.#byAll.at(-1);
    if (last === undefined || last[1] < all) {
      // A clock that went back may not say that it was read before what was read before it.
      this.#byAll.push([Math.max(now, last?.[0] ?? now), all]);
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
    this.#claimed.clear();
    this.#confirmed.clear();
    this.#forgotten++;
  }

  claims() {
    return { times: new Map(this.#claimed), after: this.#forgotten };
  }

  confirm(claims) {
    if (claims.after === this.#forgotten) {
      claims.times.forEach((time, partition) => later(this.#confirmed, partition, time));
    }
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
