package io.keyward.vault;

import io.keyward.topology.Outages;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Finds out why a vault did not answer: authentication failed, or the connection did. Only error codes are
/// copied from exception messages, because messages quote responses.
final class OutageCause {
    private static final Pattern ENTRA_CODE = Pattern.compile("AADSTS[0-9]{4,8}");

    /// The application was removed, disabled or blocked by conditional access in the directory that was asked.
    private static final Set<String> OF_THE_DIRECTORY = Set.of("AADSTS700016", "AADSTS7000112", "AADSTS53003");

    private OutageCause() {}

    static ProbeResult of(Throwable failure) {
        List<Throwable> causes = Outages.causes(failure).toList();
        return causes.stream()
                .filter(OwnIdentity.IdentityFailureException.class::isInstance)
                .findFirst()
                .map(_ -> identity(causes))
                .orElseGet(() -> ProbeResult.of(ProbeOutcome.UNAVAILABLE, way(causes)));
    }

    /// A refusal that the vault's directory may have decided names this directory as its reason.
    private static ProbeResult identity(List<Throwable> causes) {
        Optional<String> code = causes.stream()
                .map(cause -> ENTRA_CODE.matcher(String.valueOf(cause.getMessage())))
                .flatMap(matcher -> matcher.results().map(MatchResult::group))
                .findFirst();
        ProbeResult finding = ProbeResult.of(ProbeOutcome.OWN_IDENTITY, noToken(causes, code));
        return code.filter(OF_THE_DIRECTORY::contains).isPresent() ? finding.because(DenialReason.DIRECTORY) : finding;
    }

    private static String noToken(List<Throwable> causes, Optional<String> code) {
        if (code.isPresent()) {
            return "Entra ID gives us no token (%s): %s.".formatted(code.get(), meaning(code.get()));
        }
        boolean foreign = causes.stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("AdditionallyAllowedTenants"));
        return foreign
                ? "The vault belongs to a tenant that is not among the allowed ones."
                : "We got no token: " + reason(causes) + ".";
    }

    private static String meaning(String code) {
        return switch (code) {
            case "AADSTS7000215" -> "the client secret is wrong";
            case "AADSTS7000222" -> "the client secret has expired";
            case "AADSTS700027" -> "the certificate is not registered with the application";
            case "AADSTS70021", "AADSTS700211", "AADSTS700212", "AADSTS700213" ->
                "no federated credential of the application matches the token";
            case "AADSTS700016" -> "the application is unknown in the vault's tenant";
            case "AADSTS7000112" -> "the application is disabled in the vault's tenant";
            case "AADSTS90002", "AADSTS900023" -> "there is no such tenant";
            case "AADSTS53003" -> "a conditional access policy blocks us";
            default -> "see Microsoft's list of error codes";
        };
    }

    private static String way(List<Throwable> causes) {
        boolean unverified = causes.stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage()).startsWith("The challenge resource"));
        return unverified
                ? "What answered asks for a token of another domain, so it is not a Key Vault."
                : "The vault cannot be asked: " + reason(causes) + ".";
    }

    /// The most specific cause as a sentence.
    private static String reason(List<Throwable> causes) {
        return causes.stream()
                .map(OutageCause::cause)
                .flatMap(Optional::stream)
                .min(Comparator.comparingInt(Cause::rank))
                .map(Cause::words)
                .orElseGet(() -> causes.getLast().getClass().getSimpleName());
    }

    /// A known cause. A lower rank is more specific.
    private record Cause(int rank, String words) {}

    private static Optional<Cause> cause(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case UnknownHostException _, UnresolvedAddressException _ ->
                        new Cause(0, "its name is not known, as is that of a vault that has been deleted");
                    case HttpTimeoutException _ -> new Cause(1, "no answer in time");
                    case ConnectException _ -> new Cause(2, "no connection");
                    case SSLException _ -> new Cause(3, "no trustworthy connection");
                    case IOException io ->
                        new Cause(4, "the connection broke (" + io.getClass().getSimpleName() + ")");
                    default -> null;
                });
    }
}
