/// Translation between the generated Avro classes and the domain, in both directions.
///
/// Hides every generated class: no package outside `avro` sees them. May import `registry`, `domain`, Avro and
/// Kafka clients.
package io.keyward.avro;
