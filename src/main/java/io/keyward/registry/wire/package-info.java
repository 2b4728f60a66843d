/// The bytes of a record in Confluent's wire format, read and written within bounds.
///
/// May import `registry.client`, Avro and Kafka clients.
package io.keyward.registry.wire;
