package io.keyward.sandbox.azure;

import io.keyward.domain.id.TenantId;
import java.time.Instant;

/// What Azure has emitted about a change, once it has been taken.
///
/// @param what the type of the event
/// @param vault the vault's host name
/// @param key the key's name; empty if it is about the whole vault
/// @param way by which it was emitted, for people
public record Emitted(TenantId tenant, String what, String vault, String key, Instant at, String way) {}
