/// One class per command: its options, what it prints, its exit code.
///
/// Contains no logic of its own. May import every package except `app`.
package io.keyward.cli.command;
