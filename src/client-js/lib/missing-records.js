const SETTLES = 10_000;
const ASKS_AGAIN = 1_000;
const MOST = 100_000;

// Which of the records that callers ask about do not exist, by where their topics end: the twin of
// io.keyward.client.MissingRecords. Times are milliseconds of a clock that never jumps.
//
// Kafka has to say so in answer to a request that was sent 10 seconds after the record was first asked about. The record
// was stored by then, and a broker may take seconds to hear of a new topic, of more partitions, or of a new leader.
export class MissingRecords {
  #since = new Map(); // by place: when it was first asked about; the oldest are forgotten, and asked about again
  #ends = new Map(); // by topic: {sent, ends}
  #sent = new Map(); // by topic: when it was last asked where it ends
  #due = new Set();

  // Why there is no record at that place. undefined: there is one, or it is not known yet.
  why({ topic, partition, offset }, now) {
    const place = keyOf(topic, partition, offset);
    const since = this.#since.get(place) ?? now;
    this.#since.set(place, since);
    if (this.#since.size > MOST) {
      this.#since.delete(this.#since.keys().next().value);
    }
    if (now - since >= SETTLES && !(now - this.#sent.get(topic) < ASKS_AGAIN)) {
      this.#due.add(topic);
    }
    const known = this.#ends.get(topic);
    if (known === undefined || known.sent - since < SETTLES) {
      return undefined;
    }
    const end = known.ends.get(partition);
    if (offset < end) {
      this.#since.set(place, now); // The topic may be recreated later.
      return undefined;
    }
    return reason(topic, partition, offset, known.ends);
  }

  forget({ topic, partition, offset }) {
    this.#since.delete(keyOf(topic, partition, offset));
  }

  // The topics of which it has to be asked now where they end.
  due(now) {
    const due = [...this.#due];
    due.forEach((topic) => this.#sent.set(topic, now));
    this.#due.clear();
    return due;
  }

  // Where the partitions of a topic end, open transactions included; none if there is no such topic.
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
