package io.keyward.vault.watch;

import io.keyward.domain.KeyReference;
import io.keyward.vault.Depth;

/// A question to a vault.
///
/// @param cost what it takes out of the vault's quota, as far as that is known beforehand
record Question(KeyReference key, Depth depth, int cost) {}
