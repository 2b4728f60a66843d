/// Queries a console over HTTP, and prints its responses as text.
///
/// Knows the console's responses only as JSON, so that it works with a console of another release. May import
/// `cluster`, `config`, `cli.terminal` and what these may import.
package io.keyward.cli.ask;
