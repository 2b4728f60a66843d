// Avro's binary encoding, for the types in Keyward's schemas. A compiled type has `kind`, and the fields of its kind.
import { types } from 'node:util';
import { toMillis } from './arguments.js';

export function compile(schema, named = new Map(), namespace = '') {
  const nested = (inner, space = namespace) => compile(inner, named, space);
  const fullName = (name, space) => (name.includes('.') || space === '' ? name : `${space}.${name}`);
  if (Array.isArray(schema)) {
    return { kind: 'union', branches: schema.map((branch) => nested(branch)) };
  }
  if (typeof schema === 'string') {
    const found = PRIMITIVES.includes(schema) ? { kind: schema } : named.get(fullName(schema, namespace));
    return found ?? refuse(`the type ${schema} is not supported`);
  }
  if (schema.type === 'array') {
    return { kind: 'array', items: nested(schema.items) };
  }
  if (schema.type !== 'enum' && schema.type !== 'record') {
    return schema.logicalType === 'timestamp-millis' ? { kind: 'long', isTime: true } : nested(schema.type);
  }
  const space = schema.namespace ?? namespace;
  const type = {
    kind: schema.type,
    name: fullName(schema.name, space),
    symbols: schema.symbols,
    default: schema.default,
  };
  named.set(type.name, type);
  type.fields = schema.fields?.map((field) => ({ ...field, type: nested(field.type, space) }));
  return type;
}

// Times may be a Date or an ISO 8601 string with a zone. A missing field gets its default; a field that is not in the
// schema is an error. `checkTime` is called with the path and value of each time before it is written.
export function encode(type, value, checkTime = () => {}) {
  const out = Object.assign([], { checkTime });
  write(type, value, out, '');
  return Buffer.concat(out);
}

// A long is a Number; a BigInt beyond 2^53.
export function decode(type, bytes, start = 0) {
  const input = { bytes, at: start };
  const value = read(type, input);
  return input.at === bytes.length ? value : refuse(`${bytes.length - input.at} bytes follow the value`);
}

// Resolves a value that was written with another version of this type, as Avro does for a reader.
export function resolve(type, value) {
  return KINDS[type.kind].resolve?.(type, value) ?? value;
}

function write(type, value, out, path) {
  if (!fits(type, value)) {
    refuse(`must be ${describe(type)}`, path || 'value');
  }
  KINDS[type.kind].write(type, value, out, path);
}

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'string'];
const fits = (type, value) => KINDS[type.kind].fits(type, value);
const read = (type, input) => KINDS[type.kind].read(type, input);

function refuse(message, path = '') {
  throw new TypeError(path === '' ? message : `${path}: ${message}`);
}

function describe(type) {
  if (type.kind === 'union') {
    return type.branches.map(describe).join(' or ');
  }
  if (type.isTime) {
    return 'a Date, an ISO 8601 string with a zone, or whole milliseconds';
  }
  return type.symbols ? `one of ${type.symbols.join(', ')}` : (type.name ?? type.kind);
}

const KINDS = {
  null: {
    fits: (_, value) => value === null || value === undefined,
    write() {},
    read: () => null,
  },
  boolean: {
    fits: (_, value) => typeof value === 'boolean',
    write: (_, value, out) => out.push(Buffer.of(value ? 1 : 0)),
    read: (_, input) => readByte(input) === 1,
  },
  int: {
    fits: (_, value) => value === (value | 0),
    write: (_, value, out) => writeLong(value, out),
    read: (_, input) => readLong(input),
  },
  long: {
    fits: (type, value) =>
      (type.isTime ? !Number.isNaN(toMillis(value)) : Number.isSafeInteger(value)) ||
      (typeof value === 'bigint' && BigInt.asIntN(64, value) === value),
    write(type, value, out, path) {
      if (type.isTime) {
        out.checkTime(path, value);
      }
      writeLong(typeof value === 'bigint' ? value : toMillis(value), out);
    },
    read: (_, input) => readLong(input),
  },
  string: {
    fits: (_, value) => typeof value === 'string',
    write(_, value, out) {
      const bytes = Buffer.from(value);
      writeLong(bytes.length, out);
      out.push(bytes);
    },
    read: (_, input) => take(input, readLong(input)).toString('utf8'),
  },
  enum: {
    fits: (type, value) => type.symbols.includes(value),
    write: (type, value, out) => writeLong(type.symbols.indexOf(value), out),
    read: (type, input) => type.symbols[readLong(input)] ?? refuse(`${type.name} has no such symbol`),
    resolve: (type, value) =>
      fits(type, value) ? value : (type.default ?? refuse(`${type.name} has no symbol ${value}`)),
  },
  array: {
    fits: (_, value) => Array.isArray(value),
    write(type, value, out, path) {
      if (value.length > 0) {
        writeLong(value.length, out);
        value.forEach((item, index) => write(type.items, item, out, `${path}[${index}]`));
      }
      writeLong(0, out);
    },
    read(type, input) {
      const values = [];
      for (let count = readLong(input); count !== 0; count = readLong(input)) {
        if (count < 0) {
          readLong(input); // the number of bytes in the block
        }
        for (let left = Math.abs(count); left > 0; left--) {
          values.push(read(type.items, input));
        }
      }
      return values;
    },
    resolve: (type, values) => values.map((value) => resolve(type.items, value)),
  },
  union: {
    fits: (type, value) => type.branches.some((branch) => fits(branch, value)),
    write(type, value, out, path) {
      const index = type.branches.findIndex((branch) => fits(branch, value));
      writeLong(index, out);
      write(type.branches[index], value, out, path);
    },
    read: (type, input) => read(type.branches[readLong(input)] ?? refuse('a union has no such branch'), input),
    resolve: (type, value) =>
      value &&
      resolve(
        type.branches.find(({ kind }) => kind !== 'null'),
        value,
      ),
  },
  record: {
    fits: (_, value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !types.isDate(value),
    write(type, value, out, path) {
      const under = (name) => (path === '' ? name : `${path}.${name}`);
      const unknown = Object.keys(value).find((name) => !type.fields.some((field) => field.name === name));
      if (unknown !== undefined) {
        refuse(`${type.name} has no such field`, under(unknown));
      }
      type.fields.forEach((field) => write(field.type, value[field.name] ?? field.default, out, under(field.name)));
    },
    read: (type, input) => Object.fromEntries(type.fields.map((field) => [field.name, read(field.type, input)])),
    resolve: (type, value) => Object.fromEntries(type.fields.map((field) => [field.name, resolveField(field, value)])),
  },
};

function resolveField(field, value) {
  if (value[field.name] !== undefined) {
    return resolve(field.type, value[field.name]);
  }
  return field.default === undefined
    ? refuse('is missing and has no default', field.name)
    : structuredClone(field.default);
}

function writeLong(value, out) {
  const bytes = [];
  let left = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  for (; left > 0x7fn; left >>= 7n) {
    bytes.push(Number(left & 0x7fn) | 0x80);
  }
  out.push(Buffer.from([...bytes, Number(left)]));
}

// Up to 49 bits without BigInt, which is slow.
function readLong(input) {
  let number = 0;
  for (let factor = 1; factor < 2 ** 49; factor *= 128) {
    const byte = readByte(input);
    number += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
    }
  }
  let bits = BigInt(number);
  for (let shift = 49n; shift < 70n; shift += 7n) {
    const byte = readByte(input);
    bits |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) {
      const long = BigInt.asIntN(64, (bits >> 1n) ^ -(bits & 1n));
      return Number.isSafeInteger(Number(long)) ? Number(long) : long;
    }
  }
  return refuse('a number has more than ten bytes');
}

const readByte = (input) => input.bytes[input.at++] ?? refuse('the value ends early');

function take(input, length) {
  const end = input.at + Number(length);
  const taken =
    length >= 0 && end <= input.bytes.length ? input.bytes.subarray(input.at, end) : refuse('the value ends early');
  input.at = end;
  return taken;
}
