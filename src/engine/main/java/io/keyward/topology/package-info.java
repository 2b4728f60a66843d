/// The flow from input topics to decisions, warnings, suppressions and dead-letter records, as one Kafka Streams
/// sub-topology.
///
/// Hides admission, rerouting and the fan-out of events. May import `topology.store`,
/// `topology.contract`, `avro`, `registry`, `domain` and Kafka Streams.
package io.keyward.topology;
