import { setTimeout as pause } from 'node:timers/promises';

const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;
const LATEST = -1;
const EARLIEST = -2;
const ABORT = 0;
const WAIT = 250;
const PAUSE = 1_000;
const METADATA_REFRESH = 30_000;
const LARGEST_FETCH = 1 << 20;

// Reads all partitions of some topics, without a group: from the earliest offset, then each record as it is committed.
// In each round it requests the end offsets, open transactions included, and reports when it has read up to them (R33).
// The end offsets in the response to a fetch do not serve: they are too low while a broker that has just become the
// leader does not know how far its followers are.
//
// Calls and awaits the reader's `begins(cluster)`, `read(record)`, `asks()`, `reachedEnds()` and `failed(failure)`.
// After a failure that retries do not fix, if the reader throws, and when the partition count of a topic changes, it
// restarts from the earliest offset, until it is closed.
export class Follower {
  #connection;
  #topics;
  #reader;
  #closed = new AbortController();
  #running;

  // Throws if this is not a Kafka of kafkajs 2.2.
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
          this.#connection.logger.warn(`Reading restarts from the earliest offset: ${failure.message}`, {
            topics: this.#topics,
          });
          await this.#reader.failed(failure);
          await this.#pause();
        }
      }
      await cluster.disconnect().catch(() => {});
    }
  }

  // `next` are the offsets to read next, by topic and partition.
  async #follow(cluster, next) {
    let refreshedAt = Date.now();
    while (this.#isOpen) {
      await this.#reader.asks();
      const ends = await this.#retrying(cluster, () => offsets(cluster, this.#topics, LATEST, READ_UNCOMMITTED));
      if (ends.size !== next.size) {
        throw partitionsChanged();
      }
      do {
        await this.#fetch(cluster, next);
      } while (this.#isOpen && [...ends].some(([partitionKey, end]) => next.get(partitionKey) < end));
      if (this.#isOpen) {
        await this.#reader.reachedEnds();
      }
      if (Date.now() - refreshedAt > METADATA_REFRESH) {
        refreshedAt = Date.now();
        await this.#retrying(cluster, () => cluster.refreshMetadata());
      }
    }
  }

  async #fetch(cluster, next) {
    const request = (topic, partition) => {
      const fetchOffset = next.get(keyOf(topic, partition));
      if (fetchOffset === undefined) {
        throw partitionsChanged();
      }
      return { partition, fetchOffset: String(fetchOffset), maxBytes: LARGEST_FETCH };
    };
    const options = { isolationLevel: READ_COMMITTED, maxWaitTime: WAIT };
    const answers = await this.#retrying(cluster, () =>
      requestFromLeaders(cluster, this.#topics, request, (broker, topics) => broker.fetch({ ...options, topics })),
    );
    for (const { topicName, partitions } of answers) {
      for (const answer of partitions) {
        await this.#take(topicName, answer, next);
      }
    }
  }

  // Sends the request again while a broker does not answer, or hands over a partition.
  async #retrying(cluster, send) {
    for (;;) {
      try {
        return await send();
      } catch (failure) {
        if (!this.#isOpen || !failure.retriable || failure.name === 'KafkaJSOffsetOutOfRange') {
          throw failure;
        }
        this.#connection.logger.debug(`Cannot read now; trying again: ${failure.message}`);
        await this.#pause();
        await cluster.refreshMetadata();
      }
    }
  }

  async #take(topic, { partition, messages, abortedTransactions }, next) {
    const partitionKey = keyOf(topic, partition);
    for (const message of committed(messages, abortedTransactions ?? [])) {
      if (Number(message.offset) >= next.get(partitionKey) && this.#isOpen) {
        await this.#reader.read(this.#record(topic, partition, message));
      }
    }
    if (messages.length > 0) {
      const { firstOffset, lastOffsetDelta } = messages.at(-1).batchContext;
      next.set(partitionKey, Math.max(next.get(partitionKey), Number(firstOffset) + lastOffsetDelta + 1));
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

// The end offsets of a topic without open transactions, by partition.
export async function stableEnds(cluster, topic) {
  const ends = await offsets(cluster, [topic], LATEST, READ_COMMITTED);
  return byPartition(ends, topic);
}

// The end offsets of a topic by partition, open transactions included; empty if there is no such
// topic. Disconnects the cluster.
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
  new Map([...ends].map(([partitionKey, end]) => [Number(partitionKey.slice(topic.length + 1)), end]));

async function offsets(cluster, topics, timestamp, isolationLevel) {
  const request = (_, partition) => ({ partition, timestamp });
  const list = (broker, requested) => broker.listOffsets({ isolationLevel, topics: requested });
  const answers = await requestFromLeaders(cluster, topics, request, list);
  return new Map(
    answers.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [keyOf(topic, partition), Number(offset)]),
    ),
  );
}

// Sends the requests for partitions to their leaders.
async function requestFromLeaders(cluster, topics, request, send) {
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
  const sent = Object.entries(leaders).map(async ([nodeId, led]) => send(await cluster.findBroker({ nodeId }), led));
  return (await Promise.all(sent)).flatMap(({ responses }) => responses);
}

const partitionsChanged = () => new Error('the partition count of a topic has changed');

const keyOf = (topic, partition) => `${topic}/${partition}`;

// The records without those of aborted transactions and without control records. The broker returns the first offset of
// each aborted transaction, in the order in which the transactions ended.
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
