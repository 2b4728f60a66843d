const MAGIC = 0x184d2204;
const STORED = 0x80000000;

// Decompresses an LZ4 frame, as Kafka's producers write it. Does not verify checksums: Kafka has its own.
export function decompress(frame) {
  if (frame.readUInt32LE(0) !== MAGIC) {
    throw new RangeError('the records are not an LZ4 frame');
  }
  const checksum = frame[4] & 0x10 ? 4 : 0;
  const out = { bytes: Buffer.allocUnsafe(Math.max(1 << 16, frame.length * 4)), length: 0 };
  let at = frame[4] & 0x08 ? 15 : 7; // with or without the content size
  for (let size = frame.readUInt32LE(at); size !== 0; size = frame.readUInt32LE(at)) {
    const block = frame.subarray(at + 4, at + 4 + (size & ~STORED));
    if (size & STORED) {
      append(out, block);
    } else {
      expand(block, out);
    }
    at += 4 + block.length + checksum;
  }
  return out.bytes.subarray(0, out.length);
}

function expand(block, out) {
  let at = 0;
  const more = (length) => {
    for (let byte = length === 15 ? 255 : 0; byte === 255; length += byte) {
      byte = block[at++];
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = more(token >> 4);
    append(out, block.subarray(at, at + literals));
    at += literals;
    if (at < block.length) {
      at += 2;
      repeat(out, block.readUInt16LE(at - 2), more(token & 15) + 4);
    }
  }
}

function append(out, bytes) {
  reserve(out, bytes.length);
  bytes.copy(out.bytes, out.length);
  out.length += bytes.length;
}

// Byte by byte, because source and target may overlap.
function repeat(out, distance, length) {
  reserve(out, length);
  for (let end = out.length + length; out.length < end; out.length++) {
    out.bytes[out.length] = out.bytes[out.length - distance];
  }
}

function reserve(out, length) {
  if (out.length + length > out.bytes.length) {
    out.bytes = Buffer.concat([out.bytes], (out.length + length) * 2);
  }
}
