/// The answers of the console, and who composes them from a view of the replica. The JSON API writes them as they
/// are, and the web pages show them.
///
/// Names of record components are the field names of the JSON API (docs/contract.md), so renaming one breaks clients.
/// Identifiers are plain text here: answers are for reading. May import `console.whatif`, `console.replica`,
/// `topology` and below.
package io.keyward.console.answer;
