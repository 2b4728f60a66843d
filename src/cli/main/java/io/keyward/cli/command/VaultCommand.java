package io.keyward.cli.command;

import io.keyward.cluster.CommandFailedException;
import io.keyward.config.VaultAccess;
import io.keyward.sandbox.VaultOwner;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.Grantee;
import io.keyward.sandbox.vault.ShownKey;
import io.keyward.vault.AzureKeyVault;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `vault`: probes a key in its vault, as the key watch does. In the sandbox, it also acts as
/// the owner of the vault.
@Command(
        name = "vault",
        description = {
            "Probes a key in its vault; in the sandbox, also changes its vaults as their owners would.",
            "For each change, the sandbox emits the Event Grid events that Azure would emit, if any. It prints what"
                    + " becomes of them."
        })
public final class VaultCommand extends CommandGroup {
    @Command(
            description = "Probes a key as the key watch would, including a trial wrap and unwrap; prints the"
                    + " result, what it means and what to do. Exits with 0 if the key is usable and fits an enterprise"
                    + " policy, else with 1. It probes in Azure as keyward.vault.* says or, if no cluster is configured,"
                    + " in the sandbox.")
    int check(
            @Parameters(
                            paramLabel = "KEY-URI",
                            description = "https://VAULT.vault.azure.net/keys/KEY, or VAULT/KEY for the same, or"
                                    + " https://HSM.managedhsm.azure.net/keys/KEY; a URI with /VERSION names"
                                    + " that version instead of the current one.")
                    KeyArgument key,
            @Mixin ClusterOptions options) {
        VaultAccess access = new VaultAccess(options.load().values());
        try (AzureKeyVault vault = new AzureKeyVault(access.complete(), Clock.systemUTC())) {
            ProbeResult finding = vault.probe(key.reference(), ProbeKind.ROUND_TRIP);
            out().println(VaultReport.text(key.reference(), access, finding));
            out().flush();
            return finding.outcome() == ProbeOutcome.USABLE
                            && PolicyFit.missing(finding).isEmpty()
                    ? ExitCode.OK
                    : ExitCode.SOFTWARE;
        }
    }

    @Command(description = "Sandbox: lists the keys of its vaults.")
    int list(@Mixin ClusterOptions options) {
        return own(options, VaultOwner::keys);
    }

    @Command(description = "Sandbox: creates a new version of a key.")
    int rotate(@Mixin OwnedKey key) {
        return act(key, "rotate");
    }

    @Command(description = "Sandbox: disables a key's current version.")
    int disable(@Mixin OwnedKey key) {
        return act(key, "disable");
    }

    @Command(description = "Sandbox: enables a key's current version.")
    int enable(@Mixin OwnedKey key) {
        return act(key, "enable");
    }

    @Command(description = "Sandbox: deletes a key; it can be recovered.")
    int delete(@Mixin OwnedKey key) {
        return act(key, "delete");
    }

    @Command(description = "Sandbox: recovers a deleted key.")
    int recover(@Mixin OwnedKey key) {
        return act(key, "recover");
    }

    @Command(description = "Sandbox: takes access to a key away from Keyward or from the enterprise policy.")
    int deny(
            @Mixin OwnedKey key,
            @Option(
                            names = "--to",
                            paramLabel = "WHOM",
                            defaultValue = "KEYWARD",
                            description =
                                    "Whose grant is taken away: ${COMPLETION-CANDIDATES}; default: KEYWARD. The platform"
                                            + " uses the grant of the enterprise policy, which Keyward cannot see.")
                    Grantee to,
            @Option(
                            names = "--reason",
                            paramLabel = "REASON",
                            defaultValue = "RBAC",
                            description =
                                    "What denies the access: ${COMPLETION-CANDIDATES}; default: RBAC. Policies and"
                                            + " network rules apply to the whole vault, and deny only Keyward.")
                    Barrier reason) {
        return own(key.options, owner -> List.of(owner.deny(key.key.host(), key.key.name(), to, reason)));
    }

    @Command(
            description = "Sandbox: gives Keyward and the enterprise policy access to a key again, whatever denied it.")
    int allow(@Mixin OwnedKey key) {
        return act(key, "allow");
    }

    static final class OwnedKey {
        @Parameters(paramLabel = "KEY", description = "VAULT/KEY as the sandbox shows it, or the key's URI.")
        private KeyArgument key;

        @Mixin
        private ClusterOptions options;
    }

    private int act(OwnedKey key, String action) {
        return own(key.options, owner -> List.of(owner.act(key.key.host(), key.key.name(), action)));
    }

    private int own(ClusterOptions options, Function<VaultOwner, List<ShownKey>> what) {
        var emulator = options.load().find(VaultAccess.EMULATOR);
        if (emulator.isEmpty()) {
            throw new CommandFailedException(
                    "The configuration names no sandbox: in Azure, only `vault check` is available.");
        }
        try (VaultOwner owner = new VaultOwner(emulator.get())) {
            out().print(table(what.apply(owner)));
            out().flush();
        }
        return ExitCode.OK;
    }

    private static String table(List<ShownKey> keys) {
        int width = keys.stream().mapToInt(key -> name(key).length()).max().orElse(1);
        String line = "%-" + width + "s  %-12s  %-32s  %s%n";
        return keys.stream()
                .map(key -> line.formatted(name(key), key.kind(), key.version(), key.state()))
                .collect(Collectors.joining());
    }

    private static String name(ShownKey key) {
        String vault = key.vault();
        int shown = vault.length() - (vault.endsWith(KeyArgument.DOMAIN) ? KeyArgument.DOMAIN.length() : 0);
        return vault.substring(0, shown) + "/" + key.key();
    }
}
