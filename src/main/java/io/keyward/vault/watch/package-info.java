/// The reconcile loop over the keys of this instance: whom to ask next, what an answer proves, and which events
/// follow from it.
///
/// All that decides is free of clocks, threads and I/O, so that weeks can be played through in a test; the rest lends
/// it time, threads and the outside world. May import `io.keyward.vault`, `io.keyward.topology`, `io.keyward.avro`,
/// `io.keyward.registry`, `io.keyward.domain` and Kafka clients.
package io.keyward.vault.watch;
