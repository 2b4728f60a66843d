/// Translates between the generated Avro classes and the domain.
///
/// The constants of an enum have the same names on both sides.
///
/// Hides all generated classes: no other package uses them. May import `registry`, `domain`, Avro and Kafka
/// clients.
package io.keyward.avro;
