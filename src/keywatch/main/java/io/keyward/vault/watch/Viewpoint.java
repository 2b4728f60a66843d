package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.Fact;
import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;

/// What an answer proves of the platform's access to a key. An answer about the key holds for everybody, but access is
/// that of the identity that asked, and a firewall judges the network from which it asked.
///
/// @param policyIdentity whether Keyward asks with the identity of the platform's enterprise policies
/// @param platformNetwork whether Keyward asks from the network of the platform's services
/// @param networkGrace how long a block by the network must be the only conclusive answer
record Viewpoint(boolean policyIdentity, boolean platformNetwork, Duration networkGrace) {
    /// The time from the first denial to its publication; denials of other vaults in this time show an outage.
    static final Duration DENIAL_DELAY = Duration.ofMinutes(15);

    Viewpoint(Configured settings) {
        this(
                settings.value(VaultSettings.IDENTITY) == VaultSettings.Identity.POLICY,
                settings.value(VaultSettings.NETWORK) == VaultSettings.Network.PLATFORM,
                settings.value(VaultSettings.NETWORK_GRACE));
    }

    /// The result as seen from here: a token that the vault's directory refuses to the policies' identity denies it
    /// access.
    ProbeResult judged(ProbeResult result) {
        boolean denial = policyIdentity
                && result.outcome() == ProbeOutcome.OWN_IDENTITY
                && result.denial().filter(DenialReason.DIRECTORY::equals).isPresent();
        return denial ? result.as(ProbeOutcome.ACCESS_DENIED) : result;
    }

    /// Whether the answer's cause may be published. A denial without a reason may come from the firewall.
    boolean mayBecomeFact(ProbeAnswer answer) {
        if (!answer.isDenial()) {
            return true;
        }
        return switch (answer.result().denial().orElse(null)) {
            case DIRECTORY, RBAC, POLICY -> policyIdentity;
            case NETWORK -> platformNetwork;
            case null -> policyIdentity && platformNetwork;
        };
    }

    /// The earliest time to publish a revocation with the cause of this answer.
    ///
    /// @param since the first answer with this cause
    Instant publishedFrom(ProbeAnswer answer, Instant since) {
        if (!answer.isDenial()) {
            return since;
        }
        return since.plus(
                answer.mayBeOfTheNetwork() && networkGrace.compareTo(DENIAL_DELAY) > 0 ? networkGrace : DENIAL_DELAY);
    }

    /// Whether the answer, if it is confirmed, ends the revocation.
    boolean ends(Fact.Revocation revocation, ProbeAnswer answer) {
        boolean ours = EventIds.isOurs(revocation.stamp().eventId());
        return switch (revocation.cause()) {
            case ACCESS_REMOVED -> policyIdentity && answer.usable();
            case NETWORK_BLOCKED -> platformNetwork && answer.disproves(RevocationCause.NETWORK_BLOCKED);
            case KEY_DISABLED, KEY_EXPIRED, KEY_DELETED, VAULT_DELETED ->
                ours ? answer.disproves(revocation.cause()) : answer.usable();
            case OTHER -> ours && answer.disproves(RevocationCause.OTHER);
            case POLICY_DELETED, UNKNOWN -> false;
        };
    }
}
