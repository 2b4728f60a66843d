/// The serde in Confluent's wire format.
///
/// Hides how the schema of a record is found. Does not depend on the product's schemas. May import
/// `registry.client`, `registry.wire`, Avro and Kafka clients, not `domain`.
package io.keyward.registry;
