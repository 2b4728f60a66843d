/// Dead letters: read, counted, and sent again.
///
/// May import `app.records`, `app.terminal`, `cluster`, `config`, `topology`, `avro`, `client`,
/// `kafka` and `registry`.
package io.keyward.app.letters;
