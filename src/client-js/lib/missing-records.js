const SETTLES = 10_000;
const REQUEST_INTERVAL = 1_000;
const MOST = 100_000;

// Which of the records that callers ask about do not exist, from the end offsets of their topics. Does the same as
// io.keyward.client.MissingRecords. Times are milliseconds of a monotonic clock.
//
// A record counts as missing only by an answer of Kafka to a request sent 10 seconds after the record was first asked
// about. By then it was stored, and a broker that needs seconds to learn of a new topic, partition or leader knows it.
export class MissingRecords {
  #since = new Map(); // by record: when it was first asked about; the oldest entries are evicted, and start over
  #ends = new Map(); // by topic: {sent, ends}
  #sent = new Map(); // by topic: when its end offsets were last requested
  #due = new Set();

  // Why there is no record with these coordinates. undefined: there is one, or it is not known yet.
  why({ topic, partition, offset }, now) {
    const record = keyOf(topic, partition, offset);
    const since = this.#since.get(record) ?? now;
    this.#since.set(record, since);
    if (this.#since.size > MOST) {
      this.#since.delete(this.#since.keys().next().value);
    }
    if (now - since >= SETTLES && !(now - this.#sent.get(topic) < REQUEST_INTERVAL)) {
      this.#due.add(topic);
    }
    const known = this.#ends.get(topic);
    if (known === undefined || known.sent - since < SETTLES) {
      return undefined;
    }
    const end = known.ends.get(partition);
    if (offset < end) {
      this.#since.set(record, now); // The topic may be recreated later.
      return undefined;
    }
    return reason(topic, partition, offset, known.ends);
  }

  remove({ topic, partition, offset }) {
    this.#since.delete(keyOf(topic, partition, offset));
  }

  // The topics whose end offsets have to be requested now.
  due(now) {
    const due = [...this.#due];
    due.forEach((topic) => this.#sent.set(topic, now));
    this.#due.clear();
    return due;
  }

  // Takes the end offsets of a topic by partition, open transactions included; empty if there is no such topic.
  answered(topic, ends, sent) {
    if (!(sent < this.#ends.get(topic)?.sent)) {
      this.#ends.set(topic, { sent, ends });
    }
  }
}

const keyOf = (topic, partition, offset) => `${topic}:${partition}:${offset}`;

function reason(topic, partition, offset, ends) {
  if (ends.size === 0) {
    return `The topic ${topic} does not exist. It was deleted, or this is another cluster.`;
  }
  if (!ends.has(partition)) {
    return `The topic ${topic} has ${ends.size} partitions and no partition ${partition}. This is another cluster or topic.`;
  }
  return (
    `Partition ${partition} of ${topic} ends at offset ${ends.get(partition)} and has no record at ${offset}. ` +
    'The topic was recreated, or this is another cluster.'
  );
}
