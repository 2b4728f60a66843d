/// Reads, counts and resends dead letters.
///
/// May import `cli.records`, `cli.terminal`, `cluster`, `config`, `topology`, `avro`, `client`,
/// `kafka` and `registry`.
package io.keyward.cli.deadletters;
