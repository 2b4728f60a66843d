/// A client for the API of Confluent's schema registry.
///
/// Hides how schemas are found, cached and retried; a registry that does not answer delays records and never
/// refuses them. May import Avro and Kafka clients.
package io.keyward.registry.client;
