/// The binary form of the values in state stores and their changelogs.
///
/// Hides the layout of rows and all earlier versions that can still be read. May import `registry.wire`,
/// `domain` and Avro.
package io.keyward.avro.state;
