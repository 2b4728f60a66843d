/// The answers of the console, and their composition from a view of the replica. The JSON API writes them as they
/// are, and the web pages render them.
///
/// Names of record components are the field names of the JSON API (docs/contract.md), so renaming one breaks
/// clients. The fields of domain records that are part of an answer are declared in `console.api.CoreJson`. May
/// import `console.whatif`, `console.replica`, `topology` and below.
package io.keyward.console.answer;
