/// Assembles, starts, watches and stops an instance.
///
/// May import `app.start`, `cluster`, `config`, `ops`, `vault`, `topology` and what they
/// may import.
package io.keyward.app.run;
