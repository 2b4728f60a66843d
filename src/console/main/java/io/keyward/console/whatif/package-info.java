/// What would be published if events were received now.
///
/// Hides the dry run, which works on copy-on-write views of the replica. May import `console.replica`,
/// `topology`, `avro` and `domain`.
package io.keyward.console.whatif;
