/// The binary form of what the state stores and their changelogs hold.
///
/// Hides the layout of rows and every earlier form that can still be read. May import `registry.wire`, `domain` and
/// Avro.
package io.keyward.avro.state;
