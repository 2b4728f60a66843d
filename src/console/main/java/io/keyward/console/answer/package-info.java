/// The answers of the console, and who composes them from a view of the replica. The JSON API writes them as they
/// are, and the web pages show them.
///
/// Names of record components are the field names of the JSON API (docs/contract.md), so renaming one breaks clients.
/// That goes for the records of the domain that are parts of an answer, too: what they say is not written again here.
/// May import `console.whatif`, `console.replica`, `topology` and below.
package io.keyward.console.answer;
