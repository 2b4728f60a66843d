/// Metrics for Prometheus, and the state gauges that provide some of them.
///
/// Hides the meter registry and the choice of Kafka's metrics to export. No label names a tenant, an
/// environment or a key. May import `ops.health`, `ops.http`, `topology`, `avro`, `registry`, `domain`, Kafka
/// Streams and Micrometer.
package io.keyward.ops.metrics;
