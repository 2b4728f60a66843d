/// The configuration as types: its sources, names, checks and messages.
///
/// Each subject is a record that holds its [Setting]s, reads them and describes them; [KeywardConfig] is the
/// record of these records (`docs/decisions/0002-configuration.md`).
///
/// Hides where a value came from and keeps secrets out of what is printed. May import `topology`, `vault`, `ops`,
/// `avro` and `registry` for the types of their settings.
package io.keyward.app.config;
