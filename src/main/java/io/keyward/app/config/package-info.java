/// The configuration as types: its sources, names, checks and messages.
///
/// Hides where a value came from and keeps secrets out of what is printed. May import `topology`, `vault`, `ops`,
/// `avro` and `registry` for the types of their settings.
package io.keyward.app.config;
