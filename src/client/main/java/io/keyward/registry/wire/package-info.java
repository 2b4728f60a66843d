/// Reads and writes the bytes of a record in Confluent's wire format, within bounds.
///
/// May import `registry.client`, Avro and Kafka clients.
package io.keyward.registry.wire;
