/// A whole platform on one machine: a Kafka broker, a schema registry and a key vault inside this process, and
/// a sample feed.
///
/// Hides how each service starts, where it keeps its data and how it stops. The only package that may import the Kafka
/// broker (`kafka.server`, `org.apache.kafka.metadata`). May also import `io.keyward.topology`, `io.keyward.avro`,
/// `io.keyward.registry`, `io.keyward.kafka` and `io.keyward.domain`. Not part of the production image.
package io.keyward.sandbox;
