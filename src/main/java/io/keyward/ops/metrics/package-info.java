/// Metrics for Prometheus, and the census of environments behind some of them.
///
/// Hides the meter registry and which of Kafka's many metrics are worth a series. No series tells which tenant,
/// environment or key it counts. May import `ops.health`, `ops.http`, `topology`, `avro`, `registry`, `domain`,
/// Kafka Streams and Micrometer.
package io.keyward.ops.metrics;
