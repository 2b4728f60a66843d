package io.keyward.app;

/// The watch over keys in their vaults.
///
/// @param watch whether this instance probes keys at all
public record VaultSettings(boolean watch) {}
