/// Whether this instance is alive and ready, and what is missing.
///
/// May import `ops.http`, Kafka Streams and Kafka clients.
package io.keyward.ops.health;
