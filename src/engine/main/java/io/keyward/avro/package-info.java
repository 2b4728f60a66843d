/// Translates between the generated Avro classes and the domain.
///
/// Hides all generated classes: no other package uses them. May import `registry`, `domain`, Avro and Kafka
/// clients.
package io.keyward.avro;
