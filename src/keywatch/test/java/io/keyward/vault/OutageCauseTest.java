package io.keyward.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import io.keyward.testing.process.FreePorts;
import org.junit.jupiter.api.Test;

/// The exceptions of the SDK's real transport when nothing answers.
class OutageCauseTest {
    /// A deleted vault's name no longer resolves; a name in `.invalid` never does.
    @Test
    void aVaultWithoutANameIsUnavailable() {
        ProbeResult finding = ask("https://kv.vault.invalid/keys/data");
        assertThat(finding.outcome()).isEqualTo(ProbeOutcome.UNAVAILABLE);
        assertThat(finding.detail()).contains("its name is not known, as is that of a vault that has been deleted");
    }

    @Test
    void aVaultThatRefusesConnectionsIsUnavailable() {
        assertThat(ask("http://127.0.0.1:" + FreePorts.one() + "/").detail())
                .isEqualTo("The vault cannot be asked: no connection.");
    }

    @Test
    void aFailureOfOurIdentityIsOneHoweverDeepItLies() {
        RuntimeException failure = new IllegalStateException(new OwnIdentity.IdentityFailureException(
                new IllegalArgumentException("AADSTS700016: Application not found, secret")));
        ProbeResult finding = OutageCause.of(failure);
        assertThat(finding.outcome()).isEqualTo(ProbeOutcome.OWN_IDENTITY);
        assertThat(finding.denial()).contains(DenialReason.DIRECTORY);
        assertThat(finding.detail())
                .isEqualTo(
                        "Entra ID gives us no token (AADSTS700016): the application is unknown in the vault's tenant.");
    }

    @Test
    void whatNobodyExpectedSaysNothingButItsKind() {
        assertThat(OutageCause.of(new IllegalStateException("a whole reply")).detail())
                .isEqualTo("The vault cannot be asked: IllegalStateException.");
    }

    private static ProbeResult ask(String url) {
        var client = new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder().proxy(java.net.http.HttpClient.Builder.NO_PROXY))
                .configuration(Configuration.NONE)
                .build();
        Throwable failure = catchThrowable(() -> client.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE));
        return OutageCause.of(failure);
    }
}
