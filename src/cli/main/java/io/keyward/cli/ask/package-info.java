/// Asks a console over HTTP, and prints its answers for people.
///
/// Knows the console's answers only as JSON, so that a console of another release can be asked. May import
/// `cluster`, `config`, `cli.terminal` and what these may import.
package io.keyward.cli.ask;
