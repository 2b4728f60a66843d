/// The inside of the key-vault emulator: the vaults and their keys, and the replies of Azure's REST API to them.
///
/// Hides how keys are kept and which rules of Azure are emulated. Keys are toys: two pairs serve all of a kind. May
/// import `sandbox.http` and Jackson.
package io.keyward.sandbox.vault;
