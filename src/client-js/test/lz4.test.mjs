import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { decompress } from '../lib/lz4.js';

const symbols = Array.from({ length: 90 }, (_, i) => String.fromCharCode(33 + ((i * 7919) % 90))).join('');
const text = `${'keyward '.repeat(3)}${'a'.repeat(150_000)}${symbols}keyward`;

// The text as compressed by the program lz4, then deflated, because it repeats itself.
const FRAMES = [
  [
    'blocks that stand alone, as Kafka writes them',
    'Y1HylUhwaBJjZGDoyU6tLE8sSlHgYJBPZGT4P8LB+YBEEOBmZBgNjv///z+HBMcmBmoHh92HIMWqyorystKS4qLCgv' +
      'y83JzsrMyM9LTUlOSkxIT4uNiY6KjIiPCw0JDgoMAAfz9fH28vTw93N1cXZydHB3s7WxtrK0sLczNTE2MjQwN9PV0d' +
      'bS1NDXU1VRVlJWiSZgACAA==',
  ],
  [
    'blocks that repeat what is in blocks before',
    'Y1HylXBwOCDGyMDQk51aWZ5YlKLAwSCfyMjwf4SD8wGJIMDFyMDAPxoaLyChsZGByqFh/yFIsaqyorystKS4qLAgPy' +
      '83JzsrMyM9LTUlOSkxIT4uNiY6KjIiPCw0JDgoMMDfz9fH28vTw93N1cXZydHB3s7WxtrK0sLczNTE2MjQQF9PV0db' +
      'S1NDXU1VRVkJmqAZgAAA',
  ],
  [
    'checksums, and the size of the contents',
    'Y1HylYhxyPRiYgCBCWKMDAw92amV5YlFKQocDPKJjAz/Rzg4H5AIAvoruES5GBkY+EdD5AUkRE49cF20kYHKIWL/IU' +
      'ixqrKivKy0pLiosCA/LzcnOyszIz0tNSU5KTEhPi42JjoqMiI8LDQkOCgwwN/P18fby9PD3c3VxdnJ0cHeztbG2srS' +
      'wtzM1MTYyNBAX09XR1tLU0NdTVVFWQmasC+tuhkJSu3Z1yY6AgA=',
  ],
];

describe('LZ4 frames are read', () => {
  for (const [name, deflated] of FRAMES) {
    test(`with ${name}`, () => {
      const frame = inflateRawSync(Buffer.from(deflated, 'base64'));
      assert.equal(decompress(frame).toString(), text);
    });
  }

  test('with blocks that are stored as they were', () => {
    const frame = Buffer.from('04224d186040820300008061626300000000', 'hex');
    assert.equal(decompress(frame).toString(), 'abc');
  });
});

test('other bytes are rejected', () => {
  assert.throws(() => decompress(Buffer.from('Obj\u0001 of Avro')), RangeError);
});
