/// The implementation of the key-vault emulator: the vaults, their keys, and Azure's REST API.
///
/// Hides how keys are stored and which rules of Azure are emulated. The keys are for tests only: all keys of a
/// kind share two key pairs, which are new at each start. May import `sandbox.http`, `ops.http`
/// and Jackson.
package io.keyward.sandbox.vault;
