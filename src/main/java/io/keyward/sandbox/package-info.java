/// A whole platform on one machine: a Kafka broker, a schema registry and a key vault inside this process, and a
/// sample feed.
///
/// Hides how the services are started, where they keep their data and how they stop. The only package that may
/// import the Kafka broker (`kafka.server`, `org.apache.kafka.metadata`); besides, `io.keyward.avro`,
/// `io.keyward.registry` and `io.keyward.domain`. No part of a production image.
package io.keyward.sandbox;
