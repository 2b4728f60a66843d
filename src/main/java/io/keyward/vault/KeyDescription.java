package io.keyward.vault;

import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.Optional;

/// The vault's description of a key. `version` is the probed version: the current one, unless the reference
/// named another one.
public record KeyDescription(
        KeyVersion version,
        KeyShape shape,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        boolean purgeProtected) {}
