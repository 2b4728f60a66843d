/// Liveness and readiness of this instance, with the reasons when it is not healthy.
///
/// May import `ops.http`, Kafka Streams and Kafka clients.
package io.keyward.ops.health;
