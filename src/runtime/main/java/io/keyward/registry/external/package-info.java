/// Lets another serde, such as Confluent's own, read and write the values of an instance.
///
/// Hides how its exceptions are distinguished: by name and stack trace, because Keyward is compiled without them.
/// May import `registry`, Avro and Kafka clients.
package io.keyward.registry.external;
