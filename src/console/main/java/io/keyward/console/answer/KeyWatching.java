package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.topology.read.OutputRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How well the key watch watches a key. It is not a fact, and no other answer depends on it.
///
/// @param reason what denies access, if the vault says so
/// @param usable whether the last deep probe wrapped and unwrapped with the key
/// @param since as far as the watch knows; it knows nothing from before its own start
/// @param reportedAt when the watch last reported it; it repeats this once a day
/// @param sentence what it means
/// @param remarks on open revocations of the key, and what closes them
public record KeyWatching(
        WatchState state,
        Optional<String> reason,
        boolean usable,
        Instant since,
        Instant reportedAt,
        String sentence,
        List<String> remarks) {
    /// Two repetitions: a watch that has not reported for this long is off.
    private static final Duration SHOWN = Duration.ofDays(2);

    /// Empty if the record is too old, or has a state that this release does not know.
    static Optional<KeyWatching> of(OutputRecord.Published record, KeyFacts facts, Instant now) {
        ObjectNode value = record.value();
        return Arrays.stream(WatchState.values())
                .filter(state -> state.name().equals(value.path("state").asText()))
                .filter(_ -> now.isBefore(record.timestamp().plus(SHOWN)))
                .findFirst()
                .map(state -> {
                    Optional<String> reason =
                            Optional.ofNullable(value.path("reason").textValue());
                    boolean usable = value.path("usable").asBoolean();
                    return new KeyWatching(
                            state,
                            reason,
                            usable,
                            Instant.parse(value.path("since").asText()),
                            record.timestamp(),
                            sentence(state, reason, usable),
                            remarks(state, usable, facts));
                });
    }

    private static String sentence(WatchState state, Optional<String> reason, boolean usable) {
        return switch (state) {
            case WATCHED ->
                usable ? "Usable for Keyward." : "Watched. The vault's last answer says that the key cannot be used.";
            case DENIED ->
                "Not watched: %s The denial is not a fact, and locks nothing.".formatted(denial(reason.orElse("")));
            case UNREACHABLE -> "Not watched: the vault gives no conclusive answer.";
            case WAITING -> "Not watched yet: no deep probe has been answered since the watch began.";
        };
    }

    private static String denial(String reason) {
        return switch (reason) {
            case "RBAC" -> "no role assignment of Keyward's identity allows the operation.";
            case "POLICY" -> "the vault's access policies do not allow Keyward the operation.";
            case "NETWORK" -> "the vault's firewall or private link blocks Keyward.";
            case "DIRECTORY" -> "the vault's directory refuses a token to Keyward's application.";
            default -> "the vault denies Keyward access without a known reason.";
        };
    }

    private static List<String> remarks(WatchState state, boolean usable, KeyFacts facts) {
        return facts.openRevocations().stream()
                .flatMap(open -> remark(open, state, usable).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> remark(Fact.Revocation open, WatchState state, boolean usable) {
        boolean ours = open.stamp().eventId().isOfTheKeyWatch();
        if (ours && state != WatchState.WATCHED) {
            return Optional.of("%s of %s, which the key watch has published, stays until the key answers."
                    .formatted(open.cause(), open.at()));
        }
        return Optional.of(open.cause())
                .filter(_ -> usable && !ours)
                .flatMap(KeyWatching::setting)
                .map(setting ->
                        "%s of %s is still open: its source closes it, or an operator with key-restored. The key watch closes it only with %s."
                                .formatted(open.cause(), open.at(), setting));
    }

    /// The setting with which the key watch closes a revocation that another source has published, if that needs
    /// a setting (W3).
    private static Optional<String> setting(RevocationCause cause) {
        return switch (cause) {
            case ACCESS_REMOVED -> Optional.of("keyward.vault.identity = policy");
            case NETWORK_BLOCKED -> Optional.of("keyward.vault.network = platform");
            case KEY_DISABLED, KEY_DELETED, VAULT_DELETED, KEY_EXPIRED, POLICY_DELETED, OTHER, UNKNOWN ->
                Optional.empty();
        };
    }
}
