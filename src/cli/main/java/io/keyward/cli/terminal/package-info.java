/// The output of the commands for people: output records as coloured lines, as contract lines in JSON, and as
/// tables.
///
/// Hides escape codes, widths and texts. May import `topology`, `avro`, `registry` and `domain`.
package io.keyward.cli.terminal;
