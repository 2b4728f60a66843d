/// The configuration as types: its sources, names, checks and messages.
///
/// Each subject is a class that declares its [Setting]s in a [SettingList]. [KeywardConfig] holds the values of all
/// of them, and tells each by its setting (`docs/decisions/0002-configuration.md`).
///
/// Hides where a value came from and keeps secrets out of what is printed. May import `ops`, `topology`, `avro`
/// and `registry`, for the types of their settings among others.
package io.keyward.config;
