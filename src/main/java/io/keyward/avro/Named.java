package io.keyward.avro;

/// A value that a row has named, and where its bytes lie in it.
record Named<T>(T value, int from, int to) {}
