/// A copy of what the processor has committed, for questions.
///
/// Hides Kafka's consumers and RocksDB. It reads the changelogs of the processor's stores and the output topics, and
/// never writes to the cluster. May import `cluster`, `topology`, `avro` and `domain`.
package io.keyward.console.replica;
