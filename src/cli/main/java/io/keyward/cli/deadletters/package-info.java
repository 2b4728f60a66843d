/// Dead letters: read, counted, and sent again.
///
/// May import `cli.records`, `cli.terminal`, `cluster`, `config`, `topology`, `avro`, `client`,
/// `kafka` and `registry`.
package io.keyward.cli.deadletters;
