/// Events and outputs as plain JSON, for people and files, and the lines of such files.
///
/// Hides Avro's own JSON encoding, which names the type of each union value. May import `avro`, `registry` and
/// `domain`.
package io.keyward.avro.json;
