/// Lets another serde, such as Confluent's own, read and write the values of an instance.
///
/// Hides how its exceptions are told apart: by names and stack traces, because the product is compiled without
/// them. May import `registry`, Avro and Kafka clients.
package io.keyward.registry.external;
