/// The flow from input topics to decisions, warnings, suppressions and dead letters, as one Kafka Streams
/// sub-topology.
///
/// Hides stores, admission, rerouting, the fan-out of a key event and the publication of differences only.
/// May import `io.keyward.avro`, `io.keyward.registry`, `io.keyward.domain` and Kafka Streams.
package io.keyward.topology;
