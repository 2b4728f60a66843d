/// Lines of files, events and their way into topics, and the output topics as they are read.
///
/// May import `cluster`, `config`, `cli.terminal`, `topology`, `avro`, `kafka`, `registry` and `domain`.
package io.keyward.cli.records;
