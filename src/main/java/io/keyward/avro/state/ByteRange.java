package io.keyward.avro.state;

/// A decoded or encoded value and the positions of its bytes: `from` inclusive, `to` exclusive.
record ByteRange<T>(T value, int from, int to) {}
