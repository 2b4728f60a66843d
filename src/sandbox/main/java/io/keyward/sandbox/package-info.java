/// A whole platform on one machine: a Kafka broker, a schema registry and a key vault inside this process, and
/// a sample feed.
///
/// Hides how the services are started, where they keep their data and how they stop. The only package that may
/// import the Kafka broker (`kafka.server`, `org.apache.kafka.metadata`). May also import `io.keyward.avro`,
/// `io.keyward.registry` and `io.keyward.domain`. Not part of the production image.
package io.keyward.sandbox;
