import { setTimeout as pause } from 'node:timers/promises';

const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;
const LATEST = -1;
const EARLIEST = -2;
const ABORT = 0;
const WAIT = 250;
const PAUSE = 1_000;
const LOOKS_FOR_PARTITIONS = 30_000;
const LARGEST_FETCH = 1 << 20;

// Reads all partitions of some topics, without a group: from the beginning, and then as records are committed. Now and then
// it asks where all of them end, open transactions included, and says so once it has read to there (R33). A fetch would say
// where they end, too, but too little when another broker has just become the leader.
//
// Calls and awaits the reader's `begins(cluster)`, `read(record)`, `asks()`, `reachedEnds()` and `failed(failure)`.
// The follower restarts if the reader throws, if partitions are added, and after failures that retries do not fix.
export class Follower {
  #connection;
  #topics;
  #reader;
  #closed = new AbortController();
  #running;

  // Throws if this Kafka cannot be read.
  static start(connection, topics, reader) {
    connection.cluster();
    const follower = new Follower();
    follower.#connection = connection;
    follower.#topics = topics.map((topic) => connection.topic(topic));
    follower.#reader = reader;
    follower.#running = follower.#run();
    return follower;
  }

  async close() {
    this.#closed.abort();
    await this.#running;
  }

  get #isOpen() {
    return !this.#closed.signal.aborted;
  }

  async #run() {
    while (this.#isOpen) {
      const cluster = this.#connection.cluster();
      try {
        await cluster.connect();
        await cluster.addMultipleTargetTopics(this.#topics);
        await this.#reader.begins(cluster);
        await this.#follow(cluster, await offsets(cluster, this.#topics, EARLIEST, READ_UNCOMMITTED));
      } catch (failure) {
        if (this.#isOpen) {
          this.#connection.logger.warn(`Reading restarts from the earliest offset: ${failure.message}`, { topics: this.#topics });
          await this.#reader.failed(failure);
          await this.#pause();
        }
      }
      await cluster.disconnect().catch(() => {});
    }
  }

  // `next` are the offsets that are read next, by topic and partition.
  async #follow(cluster, next) {
    let looked = Date.now();
    while (this.#isOpen) {
      await this.#reader.asks();
      const ends = await this.#patiently(cluster, () => offsets(cluster, this.#topics, LATEST, READ_UNCOMMITTED));
      if (ends.size !== next.size) {
        throw otherPartitions();
      }
      do {
        await this.#fetch(cluster, next);
      } while (this.#isOpen && [...ends].some(([place, end]) => next.get(place) < end));
      if (this.#isOpen) {
        await this.#reader.reachedEnds();
      }
      if (Date.now() - looked > LOOKS_FOR_PARTITIONS) {
        looked = Date.now();
        await this.#patiently(cluster, () => cluster.refreshMetadata());
      }
    }
  }

  async #fetch(cluster, next) {
    const request = (topic, partition) => {
      const fetchOffset = next.get(placeOf(topic, partition));
      if (fetchOffset === undefined) {
        throw otherPartitions();
      }
      return { partition, fetchOffset: String(fetchOffset), maxBytes: LARGEST_FETCH };
    };
    const options = { isolationLevel: READ_COMMITTED, maxWaitTime: WAIT };
    const answers = await this.#patiently(cluster, () =>
      askLeaders(cluster, this.#topics, request, (broker, topics) => broker.fetch({ ...options, topics })),
    );
    for (const { topicName, partitions } of answers) {
      for (const answer of partitions) {
        await this.#take(topicName, answer, next);
      }
    }
  }

  // While a broker does not answer, or hands a partition over, it asks again.
  async #patiently(cluster, ask) {
    for (;;) {
      try {
        return await ask();
      } catch (failure) {
        if (!this.#isOpen || !failure.retriable || failure.name === 'KafkaJSOffsetOutOfRange') {
          throw failure;
        }
        this.#connection.logger.debug(`Nothing can be read: ${failure.message}`);
        await this.#pause();
        await cluster.refreshMetadata();
      }
    }
  }

  async #take(topic, { partition, messages, abortedTransactions }, next) {
    const place = placeOf(topic, partition);
    for (const message of committed(messages, abortedTransactions ?? [])) {
      if (Number(message.offset) >= next.get(place) && this.#isOpen) {
        await this.#reader.read(this.#record(topic, partition, message));
      }
    }
    if (messages.length > 0) {
      const { firstOffset, lastOffsetDelta } = messages.at(-1).batchContext;
      next.set(place, Math.max(next.get(place), Number(firstOffset) + lastOffsetDelta + 1));
    }
  }

  #record(topic, partition, { offset, timestamp, key, value, headers }) {
    const text = key === null ? null : key.toString();
    const numbers = { partition, offset: Number(offset), timestamp: Number(timestamp) };
    return { topic: topic.slice(this.#connection.prefix.length), ...numbers, key: text, value, headers };
  }

  #pause() {
    return pause(PAUSE, undefined, { signal: this.#closed.signal }).catch(() => {});
  }
}

// Where a topic ends without open transactions, by partition.
export async function stableEnds(cluster, topic) {
  const ends = await offsets(cluster, [topic], LATEST, READ_COMMITTED);
  return byPartition(ends, topic);
}

// Where a topic ends, open transactions included, by partition; empty if there is no such topic. Closes the cluster.
export async function uncommittedEnds(cluster, topic) {
  try {
    await cluster.connect();
    await cluster.addMultipleTargetTopics([topic]);
    const ends = await offsets(cluster, [topic], LATEST, READ_UNCOMMITTED);
    return byPartition(ends, topic);
  } catch (failure) {
    if (failure.type === 'UNKNOWN_TOPIC_OR_PARTITION') {
      return new Map();
    }
    throw failure;
  } finally {
    await cluster.disconnect().catch(() => {});
  }
}

const byPartition = (ends, topic) =>
  new Map([...ends].map(([place, end]) => [Number(place.slice(topic.length + 1)), end]));

async function offsets(cluster, topics, timestamp, isolationLevel) {
  const request = (_, partition) => ({ partition, timestamp });
  const list = (broker, asked) => broker.listOffsets({ isolationLevel, topics: asked });
  const answers = await askLeaders(cluster, topics, request, list);
  return new Map(
    answers.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [placeOf(topic, partition), Number(offset)]),
    ),
  );
}

// Sends the requests for partitions to the brokers that lead them.
async function askLeaders(cluster, topics, request, send) {
  const leaders = {};
  for (const topic of topics) {
    const all = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
    if (all.length === 0) {
      throw new Error(`the topic ${topic} is missing`);
    }
    for (const [nodeId, led] of Object.entries(cluster.findLeaderForPartitions(topic, all))) {
      (leaders[nodeId] ??= []).push({ topic, partitions: led.map((partition) => request(topic, partition)) });
    }
  }
  const asked = Object.entries(leaders).map(async ([nodeId, led]) => send(await cluster.findBroker({ nodeId }), led));
  return (await Promise.all(asked)).flatMap(({ responses }) => responses);
}

const otherPartitions = () => new Error('the partition count of a topic has changed');

const placeOf = (topic, partition) => `${topic}/${partition}`;

// The records that no transaction took back, without the markers that end transactions. The broker names the transactions
// that were aborted by where they began, in the order in which they ended.
function* committed(messages, abortedTransactions) {
  const waiting = [...abortedTransactions].sort((one, other) => one.firstOffset - other.firstOffset);
  const aborted = new Set();
  for (const message of messages) {
    while (Number(waiting[0]?.firstOffset) <= Number(message.offset)) {
      aborted.add(waiting.shift().producerId);
    }
    const { producerId, inTransaction } = message.batchContext;
    if (message.isControlRecord) {
      if (message.key.readInt16BE(2) === ABORT) {
        aborted.delete(producerId);
      }
    } else if (!(inTransaction && aborted.has(producerId))) {
      yield message;
    }
  }
}
