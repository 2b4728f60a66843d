import { compile, decode, encode, resolve } from './avro.js';

const MAGIC = 0;
const HEADER = 5;
const ACCEPTS = 'application/vnd.schemaregistry.v1+json';

// Encodes and decodes values in Confluent's wire format, with the schemas of a registry. It registers nothing: an event
// is written with the newest schema that Keyward has registered.
export class SchemaRegistry {
  #urls;
  #headers;
  #timeout;
  #byId = new Map();
  #newest = new Map();

  constructor({ url, user, headers = {}, timeout = 10_000 }) {
    this.#urls = url.split(',').map((one) => one.trim().replace(/\/$/, ''));
    this.#headers = { Accept: ACCEPTS, ...headers };
    if (user !== undefined) {
      this.#headers.Authorization = `Basic ${Buffer.from(user).toString('base64')}`;
    }
    this.#timeout = timeout;
  }

  async encode(topic, value, checkTime) {
    const { id, type } = await this.#once(this.#newest, topic, async () => {
      const subject = encodeURIComponent(`${topic}-value`);
      const latest = await this.#get(`/subjects/${subject}/versions/latest`).catch((failure) => {
        const remedy = 'check the prefix, and run "bin/keyward schemas register"';
        const missing = new Error(`No schema is registered for ${topic}; ${remedy}`, { cause: failure });
        throw failure instanceof TypeError ? missing : failure;
      });
      return { id: latest.id, type: compile(JSON.parse(latest.schema)) };
    });
    const header = Buffer.alloc(HEADER, MAGIC);
    header.writeInt32BE(id, 1);
    return Buffer.concat([header, encode(type, value, checkTime)]);
  }

  // The value as the reader's type resolves it: null for a tombstone, undefined if it can never be read. Throws if the
  // registry does not answer.
  async read(bytes, reader) {
    try {
      return bytes === null ? null : await this.decode(bytes, reader);
    } catch (failure) {
      if (failure instanceof TypeError) {
        return undefined;
      }
      throw failure;
    }
  }

  async decode(bytes, reader) {
    if (bytes.length < HEADER || bytes[0] !== MAGIC) {
      throw new TypeError('the value is not in the wire format of the schema registry');
    }
    const writer = await this.#once(this.#byId, bytes.readInt32BE(1), async (id) =>
      compile(JSON.parse((await this.#get(`/schemas/ids/${id}`)).schema)),
    );
    return resolve(reader, decode(writer, bytes, HEADER));
  }

  // A failure is not cached: the next call sends the request again.
  #once(cache, key, load) {
    if (!cache.has(key)) {
      cache.set(
        key,
        load(key).catch((failure) => {
          cache.delete(key);
          throw failure;
        }),
      );
    }
    return cache.get(key);
  }

  async #get(path) {
    let failure;
    for (const url of this.#urls) {
      try {
        const answer = await fetch(url + path, { headers: this.#headers, signal: AbortSignal.timeout(this.#timeout) });
        if (answer.ok) {
          return await answer.json();
        }
        const response = `${answer.status}: ${await answer.text()}`;
        failure = new (answer.status === 404 ? TypeError : Error)(
          `The schema registry answers ${url + path} with ${response}`,
        );
      } catch (unreachable) {
        failure = new Error(`The schema registry does not answer ${url + path}`, { cause: unreachable });
      }
    }
    throw failure;
  }
}
