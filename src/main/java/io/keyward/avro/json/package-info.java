/// Events and outputs as plain JSON, for people and for files.
///
/// Hides Avro's own JSON, which names the branch of a union. May import `avro`, `registry` and `domain`.
package io.keyward.avro.json;
