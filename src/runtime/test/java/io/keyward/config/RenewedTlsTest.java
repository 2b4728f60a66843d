package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The certificate with which Kafka clients authenticate, from the present content of its files.
class RenewedTlsTest {
    @TempDir
    private Path folder;

    @Test
    void aRenewedCertificateIsTakenUpAndOneThatCannotBeUsedIsNot() throws Exception {
        SelfSigned used = SelfSigned.in(folder.resolve("used"), "dns:localhost", 10);
        SelfSigned renewed = SelfSigned.in(folder.resolve("renewed"), "dns:localhost", 90);
        Supplier<Instant> expiry =
                RenewedTls.expiry(config(used).kafka().values()).orElseThrow();
        assertThat(expiry.get()).isEqualTo(end(used));
        Files.writeString(used.certificate(), "no certificate");
        assertThat(expiry.get()).isEqualTo(end(used));
        Files.copy(renewed.certificate(), used.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(renewed.key(), used.key(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(expiry.get()).isEqualTo(end(renewed));
    }

    /// The location of a store can come from a file, as every client setting can.
    @Test
    void aRenewedCertificateIsUsedBesideAStoreWhosePathIsInAFile() throws Exception {
        SelfSigned used = SelfSigned.in(folder.resolve("used"), "dns:localhost", 10);
        SelfSigned renewed = SelfSigned.in(folder.resolve("renewed"), "dns:localhost", 90);
        Properties properties = properties(used);
        properties.put("keyward.kafka.ssl.truststore.type", "PKCS12");
        properties.put("keyward.kafka.ssl.truststore.password", SelfSigned.PASSWORD);
        properties.put(
                "keyward.kafka.ssl.truststore.location.file",
                Files.writeString(folder.resolve("place"), used.store().toString())
                        .toString());
        Supplier<Instant> expiry = RenewedTls.expiry(KeywardConfig.load(Optional.empty(), Map.of(), properties)
                        .kafka()
                        .values())
                .orElseThrow();
        Files.copy(renewed.certificate(), used.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(renewed.key(), used.key(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(expiry.get()).isEqualTo(end(renewed));
    }

    @Test
    void withoutACertificateThereIsNoExpiry() {
        assertThat(RenewedTls.expiry(Map.of("ssl.truststore.type", "PEM"))).isEmpty();
    }

    /// What is configured stays, and nothing that is only for the clients is shown.
    @Test
    void classesOfAnotherAreLeftAndNothingMoreIsShown() throws Exception {
        SelfSigned used = SelfSigned.in(folder.resolve("used"));
        KeywardConfig config = config(used);
        assertThat(config.kafka().values()).containsEntry("ssl.engine.factory.class", RenewedTls.class.getName());
        assertThat(config.describe()).doesNotContain("keyward.file.", "ssl.engine.factory.class");
        Properties own = properties(used);
        own.put(
                "keyward.kafka.ssl.engine.factory.class",
                "org.apache.kafka.common.security.ssl.DefaultSslEngineFactory");
        assertThat(KeywardConfig.load(Optional.empty(), Map.of(), own).kafka().values())
                .containsEntry(
                        "ssl.engine.factory.class", "org.apache.kafka.common.security.ssl.DefaultSslEngineFactory");
    }

    private static KeywardConfig config(SelfSigned used) {
        return KeywardConfig.load(Optional.empty(), Map.of(), properties(used));
    }

    private static Properties properties(SelfSigned used) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "keyward.kafka.security.protocol",
                "SSL",
                "keyward.kafka.ssl.keystore.type",
                "PEM",
                "keyward.kafka.ssl.keystore.certificate.chain.file",
                used.certificate().toString(),
                "keyward.kafka.ssl.keystore.key.file",
                used.key().toString()));
        return properties;
    }

    private static Instant end(SelfSigned of) throws Exception {
        return ((X509Certificate) of.keyStore().getCertificate("server"))
                .getNotAfter()
                .toInstant();
    }
}
