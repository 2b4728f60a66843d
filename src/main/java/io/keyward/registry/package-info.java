/// Confluent's wire format and a client for its schema registry API: serde, client, subject names.
///
/// Hides how schemas are found, cached and retried; a registry that is away delays records, it never refuses them.
/// Knows no schema of the product. May import `io.keyward.domain`, Avro and Kafka clients.
package io.keyward.registry;
