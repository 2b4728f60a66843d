package io.keyward.avro.state;

/// A value that a row has named, and where its bytes lie in it.
record ByteRange<T>(T value, int from, int to) {}
