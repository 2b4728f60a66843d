/// The serde in Confluent's wire format.
///
/// Hides how a record finds its schema. Knows no schema of the product. May import `registry.client`,
/// `registry.wire`, Avro and Kafka clients, not `domain`.
package io.keyward.registry;
