/// The inside of the key-vault emulator: the vaults and their keys, and the replies of Azure's REST API to them.
///
/// Hides how keys are kept and which of Azure's rules are emulated. Keys are toys: two pairs serve all of a kind.
package io.keyward.sandbox.vault;
