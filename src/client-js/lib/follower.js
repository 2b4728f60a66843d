import { setTimeout as pause } from 'node:timers/promises';

const READ_COMMITTED = 1;
const ABORT = 0;
const WAIT = 250;
const PAUSE = 1_000;
const LOOKS_FOR_PARTITIONS = 30_000;
const LARGEST_FETCH = 1 << 20;

// Reads all partitions of some topics, without a group: from the beginning, and then as records are committed. It says when
// it has read all that was there at a moment, open transactions included (R33): the answer to a fetch that was sent after
// `asks` says where a partition ended.
//
// The reader is told `begins(cluster)`, `read(record)`, `asks()`, `reachedEnds()` and `failed(failure)`, and is waited for.
// What it throws, partitions that are added, and failures that do not pass by themselves make the follower begin anew.
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
        const places = await offsets(cluster, this.#topics, true);
        await this.#follow(cluster, new Map(places.map((place) => [placeKey(place.topic, place.partition), place])));
      } catch (failure) {
        this.#connection.logger.warn(`All is read anew: ${failure.message}`, { topics: this.#topics });
        await this.#reader.failed(failure);
        await this.#pause();
      }
      await cluster.disconnect().catch(() => {});
    }
  }

  async #follow(cluster, places) {
    let looked = Date.now();
    await this.#reader.asks();
    while (this.#isOpen) {
      for (const { topicName, partitions } of await this.#fetch(cluster, places)) {
        for (const answer of partitions) {
          await this.#take(places.get(placeKey(topicName, answer.partition)), answer);
        }
      }
      if ([...places.values()].every(({ next, end }) => next >= end)) {
        await this.#reader.reachedEnds();
        places.forEach((place) => (place.end = undefined));
        await this.#reader.asks();
      }
      if (Date.now() - looked > LOOKS_FOR_PARTITIONS) {
        looked = Date.now();
        await this.#look(cluster, places);
      }
    }
  }

  async #look(cluster, places) {
    await cluster.refreshMetadata();
    if (this.#topics.flatMap((topic) => cluster.findTopicPartitionMetadata(topic)).length !== places.size) {
      throw new Error('a topic has other partitions than before');
    }
  }

  // While a broker does not answer, or hands a partition over, there is nothing to read.
  async #fetch(cluster, places) {
    try {
      const leaders = Object.entries(this.#requests(cluster, places));
      return (await Promise.all(leaders.map(([nodeId, topics]) => fetchFrom(cluster, nodeId, topics)))).flat();
    } catch (failure) {
      const passes = failure.retriable || failure.name === 'KafkaJSNumberOfRetriesExceeded';
      if (!passes || failure.name === 'KafkaJSOffsetOutOfRange') {
        throw failure;
      }
      this.#connection.logger.debug(`Nothing can be read: ${failure.message}`);
      await this.#pause();
      await cluster.refreshMetadata();
      return [];
    }
  }

  // By the brokers that lead the partitions.
  #requests(cluster, places) {
    const requests = {};
    for (const topic of this.#topics) {
      const all = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
      for (const [nodeId, led] of Object.entries(cluster.findLeaderForPartitions(topic, all))) {
        const partitions = led
          .flatMap((partition) => places.get(placeKey(topic, partition)) ?? [])
          .map(({ partition, next }) => ({ partition, fetchOffset: String(next), maxBytes: LARGEST_FETCH }));
        (requests[nodeId] ??= []).push({ topic, partitions });
      }
    }
    return requests;
  }

  async #take(place, { highWatermark, messages, abortedTransactions }) {
    place.end ??= Number(highWatermark);
    for (const message of committed(messages, abortedTransactions ?? [])) {
      if (Number(message.offset) >= place.next && this.#isOpen) {
        await this.#reader.read(this.#record(place, message));
      }
    }
    if (messages.length > 0) {
      const { firstOffset, lastOffsetDelta } = messages.at(-1).batchContext;
      place.next = Math.max(place.next, Number(firstOffset) + lastOffsetDelta + 1);
    }
  }

  #record({ topic, partition }, { offset, timestamp, key, value, headers }) {
    const baseName = topic.slice(this.#connection.prefix.length);
    const text = key === null ? null : key.toString();
    return {
      topic: baseName,
      partition,
      offset: Number(offset),
      timestamp: Number(timestamp),
      key: text,
      value,
      headers,
    };
  }

  #pause() {
    return pause(PAUSE, undefined, { signal: this.#closed.signal }).catch(() => {});
  }
}

// Where the partitions of topics begin, or where they end without open transactions.
export async function offsets(cluster, topics, fromBeginning) {
  const asked = topics.map((topic) => {
    const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
    if (partitions.length === 0) {
      throw new Error(`the topic ${topic} is missing`);
    }
    return { topic, partitions, fromBeginning };
  });
  return (await cluster.fetchTopicsOffset(asked)).flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset }) => ({ topic, partition, next: Number(offset), end: undefined })),
  );
}

const placeKey = (topic, partition) => `${topic}/${partition}`;

async function fetchFrom(cluster, nodeId, topics) {
  const broker = await cluster.findBroker({ nodeId });
  return (await broker.fetch({ isolationLevel: READ_COMMITTED, maxWaitTime: WAIT, topics })).responses;
}

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
