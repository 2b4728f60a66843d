/// The flow from input topics to decisions, warnings, suppressions and dead letters, as one Kafka Streams
/// sub-topology.
///
/// Hides admission, rerouting and the fan-out of a key event. May import `topology.store`,
/// `topology.contract`, `avro`, `registry`, `domain` and Kafka Streams.
package io.keyward.topology;
