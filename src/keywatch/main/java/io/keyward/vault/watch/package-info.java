/// The reconcile loop over the keys of this instance: which key to probe next, what an answer proves, and which
/// events to publish.
///
/// The logic uses no clocks, threads or I/O, so that a test can simulate weeks. [VaultWatch] adds them. May
/// import `io.keyward.vault`, `io.keyward.topology`, `io.keyward.avro`, `io.keyward.registry`,
/// `io.keyward.domain` and Kafka clients.
package io.keyward.vault.watch;
