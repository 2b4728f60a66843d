package io.keyward.vault;

import io.keyward.config.VaultAccess;
import io.keyward.domain.id.KeyReference;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Azure key vaults and Managed HSMs in all allowed tenants.
public final class AzureKeyVault implements KeyVault, AutoCloseable {
    private static final Pattern KEY_NAME = Pattern.compile("[0-9a-z-]{1,127}");

    private final VaultAccess access;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AzureClients clients;

    /// Creates the vaults without connecting; the first probe connects.
    ///
    /// @param clock decides whether a key that was only read is within its dates
    public AzureKeyVault(VaultAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
        this.clients = new AzureClients(access, threads);
    }

    /// A directory that refuses a token has decided about Keyward only if Keyward's own directory gives one; otherwise
    /// the credential itself fails.
    @Override
    public ProbeResult probe(KeyReference key, ProbeKind depth) {
        ProbeResult result = objection(key).orElseGet(() -> within(new Probe(clients, clock, key, depth)::run));
        boolean byTheDirectory =
                result.denial().filter(DenialReason.DIRECTORY::equals).isPresent();
        return byTheDirectory && signInProblem().isPresent() ? result.withoutDenial() : result;
    }

    /// Why no token is available, as one sentence; empty if one is. Without a token no probe is conclusive.
    public Optional<String> signInProblem() {
        ProbeResult signedIn = within(() -> {
            clients.signIn(access.cloud());
            return ProbeResult.of(ProbeOutcome.USABLE, "We got a token.");
        });
        return signedIn.conclusive() ? Optional.empty() : Optional.of(signedIn.detail());
    }

    /// Keys without a valid address are not probed.
    private Optional<ProbeResult> objection(KeyReference key) {
        if (!access.cloud().hasVault(key.key().vaultUri())) {
            return Optional.of(ProbeResult.of(
                    ProbeOutcome.UNAVAILABLE,
                    "Not a vault or Managed HSM of the configured cloud: the address must be "
                            + access.cloud().vaultUriPattern() + "."));
        }
        boolean nameless = !KEY_NAME.matcher(key.key().keyName()).matches()
                || key.version()
                        .filter(version -> !KEY_NAME.matcher(version.value()).matches())
                        .isPresent();
        return nameless
                ? Optional.of(ProbeResult.of(
                        ProbeOutcome.UNAVAILABLE,
                        "A key or version of that name cannot exist: letters, digits and - do."))
                : Optional.empty();
    }

    private ProbeResult within(Callable<ProbeResult> probe) {
        Future<ProbeResult> answer = threads.submit(probe);
        try {
            return answer.get(access.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            return ProbeResult.of(
                    ProbeOutcome.UNAVAILABLE, "The vault has not answered within " + access.timeout() + ".");
        } catch (ExecutionException failure) {
            return OutageCause.of(failure.getCause());
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return ProbeResult.of(ProbeOutcome.UNAVAILABLE, "The probe was interrupted.");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
