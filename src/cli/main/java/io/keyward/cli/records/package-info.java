/// Reads lines of files, sends events to topics, and reads the output topics.
///
/// May import `cluster`, `config`, `cli.terminal`, `topology`, `avro`, `kafka`, `registry` and `domain`.
package io.keyward.cli.records;
