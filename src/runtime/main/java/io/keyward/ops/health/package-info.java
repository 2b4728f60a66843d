/// Liveness and readiness of this instance, with the reasons when it is not healthy.
///
/// May import `ops.http`, `topology`, Kafka Streams, Kafka clients and Log4j, which filters the
/// clients' lines about an outage.
package io.keyward.ops.health;
