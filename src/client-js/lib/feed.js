import { inspect } from 'node:util';
import { Connection } from './connection.js';
import { FeedState } from './feed-state.js';
import { Follower, stableEnds } from './follower.js';
import { TYPES } from './types.js';

const POSITION = /^(\d{1,9}=\d{1,15}(,\d{1,9}=\d{1,15})*)?$/;

export class WarningFeed {
  static FROM_NOW = 'FROM_NOW';
  static FROM_BEGINNING = 'FROM_BEGINNING';

  #connection;
  #follower;
  #state;
  #next; // by partition: the offset after the last record whose notices were taken; undefined: FROM_NOW
  #offer; // the notices of a record, until they are taken
  #wake = () => {};
  #closed = false;

  static async open(settings, start) {
    const feed = new WarningFeed();
    feed.#next = parse(start);
    feed.#connection = await Connection.to(settings);
    try {
      await new Promise((opened, failed) => {
        const reader = { asks() {}, reachedEnds() {}, failed, read: (record) => feed.#read(record) };
        reader.begins = (cluster) => feed.#begins(cluster).then(opened);
        feed.#follower = Follower.start(feed.#connection, ['warnings'], reader);
      });
    } catch (failure) {
      await feed.close();
      throw failure;
    }
    return feed;
  }

  async #begins(cluster) {
    this.#state = new FeedState();
    const ends = await stableEnds(cluster, this.#connection.topic('warnings'));
    this.#next ??= ends;
    for (const [partition, end] of ends) {
      if (this.#next.get(partition) > end) {
        this.#connection.logger.warn(
          `Partition ${partition} of the warnings ends at ${end}, before the position: everything on it is reported`,
        );
        this.#next.delete(partition);
      }
    }
  }

  async #read({ partition, offset, key, value }) {
    const warning = await this.#connection.registry.read(value, TYPES.Warning);
    if (warning === undefined) {
      this.#connection.logger.error(`Skipping the warning at ${partition}@${offset}: it can never be read`);
    } else {
      this.#state.read(key, warning, offset < this.#next.get(partition));
    }
    const notices = this.#state.take();
    if (notices.length > 0 && !this.#closed) {
      await new Promise((taken) => {
        this.#offer = { notices, partition, offset, taken };
        this.#wake();
      });
    }
  }

  position() {
    return [...this.#next].map(([partition, offset]) => `${partition}=${offset}`).join(',');
  }

  async *[Symbol.asyncIterator]() {
    try {
      while (!this.#closed) {
        if (this.#offer === undefined) {
          await new Promise((resolve) => (this.#wake = resolve));
        } else {
          yield* this.#notices(this.#offer);
        }
      }
    } finally {
      await this.close();
    }
  }

  *#notices({ notices, partition, offset, taken }) {
    yield* notices.slice(0, -1);
    this.#next.set(partition, offset + 1);
    yield notices.at(-1);
    this.#offer = undefined;
    taken();
  }

  async close() {
    this.#closed = true;
    this.#wake();
    this.#offer?.taken();
    await this.#follower?.close();
  }
}

function parse(start) {
  if (start === WarningFeed.FROM_NOW) {
    return undefined;
  }
  if (start !== WarningFeed.FROM_BEGINNING && !(typeof start === 'string' && POSITION.test(start))) {
    throw new RangeError(
      `${inspect(start)} is not a position in the warnings; ` +
        'must be FROM_NOW, FROM_BEGINNING, or a result of position()',
    );
  }
  const parts = start === '' || start === WarningFeed.FROM_BEGINNING ? [] : start.split(',');
  return new Map(parts.map((part) => part.split('=').map(Number)));
}
