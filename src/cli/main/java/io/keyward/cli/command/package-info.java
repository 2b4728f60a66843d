/// One class per command: its options, what it prints, its exit code.
///
/// Holds no work of its own. May import every package but `app`.
package io.keyward.cli.command;
