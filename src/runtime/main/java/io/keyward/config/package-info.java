/// The configuration as types: its sources, names, checks and messages.
///
/// Each subject is a class that declares its [Setting]s in a [SettingList]. [KeywardConfig] holds the values of
/// all settings (`docs/decisions/0002-configuration.md`).
///
/// Hides the sources of values, and keeps secrets out of output. May import `ops`, `topology`, `avro` and
/// `registry`, for the types of their settings among others.
package io.keyward.config;
