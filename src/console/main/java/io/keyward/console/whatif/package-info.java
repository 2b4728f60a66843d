/// What would be published if events came now.
///
/// Hides the dry run over views of the replica that can be changed without changing the replica. May import
/// `console.replica`, `topology`, `avro` and `domain`.
package io.keyward.console.whatif;
