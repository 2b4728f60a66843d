package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventGridReaderTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.103Z");
    private static final Optional<Instant> A_YEAR_LATER = Optional.of(Instant.parse("2027-03-01T10:00:00Z"));
    private static final String VAULT = "https://kv-fabrikam.vault.azure.net";
    private static final KeyId HR = KeyId.parse("", VAULT, "hr-key");
    private static final KeyVersion VERSION = new KeyVersion("0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    private static final Finding IRRELEVANT = new Finding.Irrelevant();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatASampleMeans(String file, String type, Finding finding) {
        assertThat(EventGridReader.read(CONTOSO, sample(file))).singleElement().satisfies(item -> {
            assertThat(item.type()).isEqualTo(type);
            assertThat(item.finding()).isEqualTo(finding);
        });
    }

    static Stream<Arguments> whatASampleMeans() {
        return Stream.of(
                row("key-new-version.event-grid", "KeyNewVersionCreated", rotated("2", A_YEAR_LATER)),
                row("key-new-version.cloud-events", "KeyNewVersionCreated", rotated("3", A_YEAR_LATER)),
                row("key-new-version.numbers", "KeyNewVersionCreated", rotated("4", A_YEAR_LATER)),
                row("key-new-version.lower-camel-case", "KeyNewVersionCreated", rotated("5", Optional.empty())),
                row(
                        "key-new-version.not-yet-valid",
                        "KeyNewVersionCreated",
                        hint(Optional.of("hr-key"), "KeyNewVersionCreated")),
                row(
                        "key-near-expiry",
                        "KeyNearExpiry",
                        fact(new Event.KeyExpiring(
                                CONTOSO, stamp("7"), HR, VERSION, Instant.parse("2026-03-31T10:00:00Z")))),
                row(
                        "key-expired",
                        "KeyExpired",
                        fact(new Event.KeyRevoked(
                                CONTOSO, stamp("8"), HR, Optional.of(VERSION), RevocationCause.KEY_EXPIRED))),
                row(
                        "vault-access-policy-changed",
                        "VaultAccessPolicyChanged",
                        hint(Optional.empty(), "VaultAccessPolicyChanged")),
                Arguments.of(
                        "resource-delete.event-grid",
                        "Microsoft.Resources.ResourceDeleteSuccess",
                        hintOfResource(Optional.of(VAULT), "ResourceDeleteSuccess")),
                Arguments.of(
                        "resource-write.cloud-events",
                        "Microsoft.Resources.ResourceWriteSuccess",
                        hintOfResource(Optional.of(VAULT), "ResourceWriteSuccess")),
                Arguments.of(
                        "resource-action.cloud-events",
                        "Microsoft.Resources.ResourceActionSuccess",
                        hintOfResource(Optional.empty(), "ResourceActionSuccess")),
                row("secret-new-version.event-grid", "SecretNewVersionCreated", IRRELEVANT),
                row("secret-new-version.cloud-events", "SecretNewVersionCreated", IRRELEVANT),
                row("certificate-near-expiry", "CertificateNearExpiry", IRRELEVANT),
                Arguments.of(
                        "subscription-validation",
                        "Microsoft.EventGrid.SubscriptionValidationEvent",
                        new Finding.Handshake("00000000-0000-4000-8000-00000000c0de")),
                Arguments.of("blob-created", "other", IRRELEVANT));
    }

    private static Arguments row(String file, String type, Finding finding) {
        return Arguments.of(file, "Microsoft.KeyVault." + type, finding);
    }

    private static Finding rotated(String id, Optional<Instant> expiresAt) {
        return fact(new Event.KeyRotated(CONTOSO, stamp(id), HR, VERSION, Optional.empty(), expiresAt));
    }

    private static Finding fact(Event.OfKey event) {
        return new Finding.Fact(event);
    }

    private static Finding hint(Optional<String> key, String type) {
        return new Finding.Hint(new KeyHint(CONTOSO, AT, "Microsoft.KeyVault." + type, VAULT, key));
    }

    private static Finding hintOfResource(Optional<String> vault, String type) {
        return new Finding.Hint(new KeyHint(CONTOSO, AT, "Microsoft.Resources." + type, vault, Optional.empty()));
    }

    private static Stamp stamp(String id) {
        return new Stamp(AT, new EventId("eg:5b0d7c1e-0001-4c4f-9d6e-0a54c9c7f00" + id));
    }

    @Test
    void eachEventOfABatchIsRecognizedByItself() {
        byte[] batch =
                bytes("[%s,\n 7 ,\"\u00e9\",%s]".formatted(text("key-expired"), only("key-new-version.event-grid")));
        List<Item> items = EventGridReader.read(CONTOSO, batch);
        assertThat(items)
                .extracting(Item::type)
                .containsExactly(
                        "Microsoft.KeyVault.KeyExpired", "other", "other", "Microsoft.KeyVault.KeyNewVersionCreated");
        assertThat(items)
                .extracting(item -> item.finding().getClass().getSimpleName())
                .containsExactly("Fact", "Refused", "Refused", "Fact");
        assertThat(items)
                .extracting(item -> new String(item.received(), StandardCharsets.UTF_8))
                .containsExactly(text("key-expired"), "7", "\"\u00e9\"", only("key-new-version.event-grid"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfAnEvent() {
        byte[] body = bytes("\ufeff[" + text("key-expired") + "]");
        assertThat(EventGridReader.read(CONTOSO, body))
                .singleElement()
                .extracting(Item::received)
                .isEqualTo(bytes(text("key-expired")));
    }

    @Test
    void anEmptyBatchHoldsNothing() {
        assertThat(EventGridReader.read(CONTOSO, bytes("[]"))).isEmpty();
    }

    @Test
    void anEventAloneIsReceivedAsItCame() {
        byte[] body = sample("key-expired");
        assertThat(EventGridReader.read(CONTOSO, body).getFirst().received()).isEqualTo(body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theCodeOfAHandshake(String body, Optional<String> code) {
        assertThat(Deliveries.validationCode(EventGridReader.read(CONTOSO, bytes(body))))
                .isEqualTo(code);
    }

    static Stream<Arguments> theCodeOfAHandshake() {
        Optional<String> code = Optional.of("00000000-0000-4000-8000-00000000c0de");
        String question = only("subscription-validation");
        return Stream.of(
                Arguments.of(text("subscription-validation"), code),
                Arguments.of(question, code),
                Arguments.of(
                        question.replace("\"eventType\"", "\"specversion\":\"1.0\",\"type\"")
                                .replace("eventTime", "time")
                                .replace("topic", "source"),
                        code),
                Arguments.of(question.replace("validationCode", "ValidationCode "), code),
                Arguments.of("[" + question + "," + question + "]", Optional.empty()),
                Arguments.of("[]", Optional.empty()),
                Arguments.of(
                        question.replace("SubscriptionValidationEvent", "SubscriptionDeletedEvent"), Optional.empty()),
                Arguments.of(question.replace("validationCode", "code"), Optional.empty()),
                Arguments.of(question.replace("\"data\"", "\"dates\""), Optional.empty()),
                Arguments.of("{\"validationCode\":\"x\"}", Optional.empty()),
                Arguments.of("not JSON", Optional.empty()),
                Arguments.of("", Optional.empty()),
                Arguments.of(text("key-expired"), Optional.empty()));
    }

    private static byte[] sample(String file) {
        return Samples.read("eventgrid/" + file + ".json");
    }

    private static String text(String file) {
        return new String(sample(file), StandardCharsets.UTF_8).strip();
    }

    /// The only event of a batch.
    private static String only(String file) {
        String batch = text(file);
        return batch.substring(1, batch.length() - 1).strip();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
