/// A client for the API of Confluent's Schema Registry.
///
/// Hides how schemas are looked up, cached and retried. A registry that does not answer delays records; it
/// never causes a record to be refused. May import Avro and Kafka clients.
package io.keyward.registry.client;
