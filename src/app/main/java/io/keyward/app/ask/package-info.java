/// Asks a console over HTTP, and prints its answers for people.
///
/// Knows the console's answers only as JSON, so that a console of another release can be asked. May import
/// `cluster`, `config`, `app.terminal` and what these may import.
package io.keyward.app.ask;
