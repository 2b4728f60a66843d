/// Translation between the generated Avro classes and the domain, in both directions.
///
/// Hides every generated class and the binary form of what the state stores hold: no other package sees them.
/// May import `io.keyward.registry`, `io.keyward.domain`, Avro and Kafka clients.
package io.keyward.avro;
