import { LATEST, latestEvent, requireTime } from './arguments.js';
import { Connection } from './connection.js';
import { Follower, uncommittedEnds } from './follower.js';
import { OutcomeState } from './outcome-state.js';
import { TenantPartitioner } from './partition.js';
import { inputTopic } from './topics.js';
import { TYPES } from './types.js';

const ALL = -1;

export class EventPublisher {
  #connection;
  #producer;
  #outcomes;
  #follower;
  #request; // for the end offsets of input topics; one at a time
  #closed = false;

  static async connect(settings) {
    const publisher = new EventPublisher();
    publisher.#connection = await Connection.to(settings);
    // A retry may store an event twice. The second record changes nothing, because its eventId is the same.
    publisher.#producer = publisher.#connection.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: TenantPartitioner,
      maxInFlightRequests: 1,
    });
    await publisher.#producer.connect();
    return publisher;
  }

  async publish(name, event) {
    const topic = this.#connection.topic(inputTopic(name));
    const value = await this.#connection.registry.encode(topic, event, checkTime);
    const message = { key: event.tenantId, value };
    const [{ partition, baseOffset }] = await this.#producer.send({ topic, acks: ALL, messages: [message] });
    return { topic, partition, offset: Number(baseOffset) };
  }

  outcome(coordinates) {
    if (this.#outcomes === undefined) {
      this.#outcomes = new OutcomeState(this.#connection.prefix);
      this.#follower = Follower.start(this.#connection, ['progress', 'dead-letters'], this.#reader(this.#outcomes));
    }
    const outcome = this.#outcomes.outcome(coordinates);
    if (!this.#closed) {
      this.#request ??= this.#requestEnds(this.#outcomes.due()).finally(() => (this.#request = undefined));
    }
    return outcome;
  }

  // A request that fails leaves the outcome pending, and is sent again.
  async #requestEnds(topics) {
    const sent = performance.now();
    for (const topic of topics) {
      try {
        this.#outcomes.ends(topic, await uncommittedEnds(this.#connection.cluster(), topic), sent);
      } catch (failure) {
        this.#connection.logger.warn(`Cannot get the end offsets of ${topic}: ${failure.message}`);
      }
    }
  }

  #reader(state) {
    return {
      begins: () => state.begins(),
      read: async ({ topic, key, value, timestamp, headers }) => {
        if (topic === 'progress') {
          const progress = await this.#connection.registry.read(value, TYPES.Progress);
          state.progress(Number(key), progress, timestamp);
        } else {
          refused(state, (name) => headers[name]?.toString());
        }
      },
      asks: () => state.asks(),
      reachedEnds: () => state.reachedEnds(),
      failed: () => state.failed(),
    };
  }

  async close() {
    this.#closed = true;
    await this.#follower?.close();
    await this.#request;
    await this.#producer.disconnect();
  }
}

// Only `occurredAt` lies in the past; other times may lie ahead, such as an expiry.
function checkTime(path, value) {
  requireTime(path, value, path === 'occurredAt' ? latestEvent() : LATEST);
}

// A dead-letter record of the intake has no coordinates in Kafka.
function refused(state, header) {
  const [topic, partition, offset] = ['topic', 'partition', 'offset'].map((name) => header(`__streams.errors.${name}`));
  const code = header('keyward.reason');
  if (code !== undefined && offset !== undefined) {
    const coordinates = { topic, partition: Number(partition), offset: Number(offset) };
    state.refused(coordinates, code, header('keyward.detail') ?? '');
  }
}
