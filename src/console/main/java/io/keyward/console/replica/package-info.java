/// A queryable copy of what the processor has committed.
///
/// Hides Kafka's consumers and RocksDB. It reads the changelogs of the processor's stores, the output topics and
/// the output of the key watch, and never writes to the cluster. May import `cluster`, `topology`, `avro` and
/// `domain`.
package io.keyward.console.replica;
