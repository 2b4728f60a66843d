/// The state stores, the keys of their rows, and how other threads read them.
///
/// Hides bytes, caches and RocksDB's memory. May import `topology.contract`, `avro.state`, `domain` and Kafka
/// Streams.
package io.keyward.topology.store;
