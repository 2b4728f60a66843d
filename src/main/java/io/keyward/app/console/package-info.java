/// What the commands show to people: output records as coloured lines, as contract lines in JSON, and as a table.
///
/// Hides escape codes, widths and the texts. May import `io.keyward.topology`, `io.keyward.avro`,
/// `io.keyward.registry` and `io.keyward.domain`, and nothing of the commands.
package io.keyward.app.console;
