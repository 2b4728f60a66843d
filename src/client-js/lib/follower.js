import { setTimeout as pause } from 'node:timers/promises';

const READ_COMMITTED = 1;
const ABORT = 0;
const WAITS = 250;
const PAUSE = 1_000;
const LOOKS_FOR_PARTITIONS = 30_000;

// Reads all partitions of some topics, without a group: from the beginning, and then as records are committed. It says when
// it has read all that was there at a moment, open transactions included (R33): what a fetch that was sent after `asks`
// answers says where a partition ended.
//
// The reader is told `begins(cluster)`, `read(record)`, `asks()`, `reachedEnds()`, `failed(failure)`; it is waited for what they
// return. What they throw, other failures than those of connections, and new partitions make it begin anew.
export class Follower {
  #connection;
  #topics;
  #reader;
  #closed = new AbortController();
  #running;

  static start(connection, topics, reader) {
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

  async #run() {
    while (!this.#closed.signal.aborted) {
      const cluster = this.#connection.cluster();
      try {
        await cluster.connect();
        await cluster.addMultipleTargetTopics(this.#topics);
        await this.#reader.begins(cluster);
        await this.#follow(cluster, await this.#places(cluster));
      } catch (failure) {
        this.#connection.logger.warn(`The topics are read anew: ${failure.message}`, { topics: this.#topics });
        await this.#reader.failed(failure);
        await this.#pause();
      }
      await cluster.disconnect().catch(() => {});
    }
  }

  async #places(cluster) {
    const beginnings = await offsets(cluster, this.#topics, true);
    return new Map(beginnings.map((place) => [`${place.topic}/${place.partition}`, { ...place, end: undefined }]));
  }

  async #follow(cluster, places) {
    let looked = Date.now();
    await this.#reader.asks();
    while (!this.#closed.signal.aborted) {
      for (const { topic, answer } of await this.#fetch(cluster, places)) {
        await this.#take(places.get(`${topic}/${answer.partition}`), answer);
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
    const count = this.#topics.flatMap((topic) => cluster.findTopicPartitionMetadata(topic)).length;
    if (count !== places.size) {
      throw new Error('a topic has other partitions than before');
    }
  }

  // While a broker does not answer, or hands a partition over, there is nothing to read.
  async #fetch(cluster, places) {
    try {
      const leaders = Object.entries(this.#byLeader(cluster, places));
      return (await Promise.all(leaders.map(([nodeId, topics]) => this.#fetchFrom(cluster, nodeId, topics)))).flat();
    } catch (failure) {
      const passes = failure.retriable || failure.name === 'KafkaJSNumberOfRetriesExceeded';
      if (!passes || failure.type === 'OFFSET_OUT_OF_RANGE' || failure.name === 'KafkaJSOffsetOutOfRange') {
        throw failure;
      }
      this.#connection.logger.debug(`Nothing can be read: ${failure.message}`);
      await this.#pause();
      await cluster.refreshMetadata();
      return [];
    }
  }

  #byLeader(cluster, places) {
    const leaders = {};
    for (const topic of this.#topics) {
      const ids = [...places.values()].filter((place) => place.topic === topic).map(({ partition }) => partition);
      for (const [nodeId, led] of Object.entries(cluster.findLeaderForPartitions(topic, ids))) {
        const partitions = led.map((partition) => ({
          partition,
          fetchOffset: String(places.get(`${topic}/${partition}`).next),
          maxBytes: 1 << 20,
        }));
        (leaders[nodeId] ??= []).push({ topic, partitions });
      }
    }
    return leaders;
  }

  async #fetchFrom(cluster, nodeId, topics) {
    const broker = await cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({ isolationLevel: READ_COMMITTED, maxWaitTime: WAITS, topics });
    return responses.flatMap(({ topicName, partitions }) => partitions.map((answer) => ({ topic: topicName, answer })));
  }

  async #take(place, { highWatermark, messages, abortedTransactions }) {
    place.end ??= Number(highWatermark);
    for (const message of committed(messages, abortedTransactions ?? [])) {
      if (Number(message.offset) >= place.next && !this.#closed.signal.aborted) {
        await this.#reader.read(record(this.#connection, place, message));
      }
    }
    if (messages.length > 0) {
      const { firstOffset, lastOffsetDelta } = messages.at(-1).batchContext;
      place.next = Math.max(place.next, Number(firstOffset) + lastOffsetDelta + 1);
    }
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
    partitions.map(({ partition, offset }) => ({ topic, partition, next: Number(offset) })),
  );
}

function record({ prefix }, { topic, partition }, { offset, timestamp, key, value, headers }) {
  return {
    topic: topic.slice(prefix.length),
    partition,
    offset: Number(offset),
    timestamp: Number(timestamp),
    key: key === null ? null : key.toString(),
    value,
    headers,
  };
}

// The records that no transaction took back, without the markers that end transactions. The broker names the transactions
// that were aborted by where they begin, in any order.
function* committed(messages, abortedTransactions) {
  const waiting = abortedTransactions
    .map(({ producerId, firstOffset }) => ({ producerId, firstOffset: Number(firstOffset) }))
    .sort((one, other) => one.firstOffset - other.firstOffset);
  const aborted = new Set();
  for (const message of messages) {
    while (waiting.length > 0 && waiting[0].firstOffset <= Number(message.offset)) {
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
