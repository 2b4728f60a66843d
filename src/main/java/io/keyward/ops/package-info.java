/// What an operator sees of a running instance: metrics, health and the topology, over HTTP.
///
/// Hides the meter registry, the HTTP server and which of the many Kafka metrics are worth a series. No series tells
/// which tenant, environment or key it counts.
///
/// May import `io.keyward.topology`, `io.keyward.avro`, `io.keyward.registry`, `io.keyward.domain`, Kafka, Kafka
/// Streams, Micrometer with Prometheus' client, Jackson and the JDK's HTTP server.
package io.keyward.ops;
