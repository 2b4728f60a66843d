package io.keyward.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kafka's own TLS for clients, recreated for a connection when a certificate, key or CA file has changed. Kafka
/// clients themselves read these files only once. While the new files cannot be used, the previous content stays
/// in use, and the log reports it once. Safe for many threads.
public final class RenewedTls extends DefaultSslEngineFactory {
    private static final Logger LOG = LoggerFactory.getLogger(RenewedTls.class);
    private static final List<String> STORES =
            List.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

    private Map<String, Object> settings = Map.of();
    private Map<String, Object> seen = Map.of();
    private KeyStore used;
    private String lastFailure = "";

    /// The expiry of the client certificate, from the present content of its files; empty if clients have none.
    ///
    /// @param kafka the settings of a Kafka client
    public static Optional<Supplier<Instant>> expiry(Map<String, String> kafka) {
        if (kafka.keySet().stream().noneMatch(name -> name.startsWith("ssl.keystore."))) {
            return Optional.empty();
        }
        Map<String, Object> settings = new ConfigDef().withClientSslSupport().parse(kafka);
        kafka.forEach((name, value) -> {
            if (name.startsWith(SecretFiles.PREFIX)) {
                settings.put(name, value);
            }
        });
        RenewedTls tls = new RenewedTls();
        tls.configure(settings);
        return Optional.of(tls::notAfter);
    }

    private synchronized Instant notAfter() {
        renew();
        try {
            Instant earliest = Instant.MAX;
            for (String alias : Collections.list(used.aliases())) {
                if (used.getCertificate(alias) instanceof X509Certificate certificate
                        && certificate.getNotAfter().toInstant().isBefore(earliest)) {
                    earliest = certificate.getNotAfter().toInstant();
                }
            }
            return earliest;
        } catch (KeyStoreException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        settings = new HashMap<>(configs);
        use(settings);
        try {
            seen = now();
        } catch (IOException unreadable) {
            LOG.debug("The TLS files will be read for the next connection", unreadable);
        }
    }

    @Override
    public synchronized SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
        renew();
        return super.createClientSslEngine(host, port, endpointIdentification);
    }

    private void renew() {
        try {
            Map<String, Object> now = now();
            if (!now.equals(seen)) {
                use(now);
                seen = now;
                lastFailure = "";
                LOG.info("New connections to Kafka use the renewed certificates");
            }
        } catch (IOException | RuntimeException unusable) {
            if (!unusable.toString().equals(lastFailure)) {
                lastFailure = unusable.toString();
                LOG.error(
                        "The renewed certificates for Kafka cannot be used; the previous ones stay in use: {}",
                        lastFailure);
            }
        }
    }

    /// Creates the context last, so that unusable stores change nothing.
    private void use(Map<String, Object> configs) {
        super.configure(configs);
        used = keystore();
    }

    /// The settings with the present content of their files. The content of a store is added beside its setting.
    private Map<String, Object> now() throws IOException {
        Map<String, Object> now = new HashMap<>(settings);
        for (String name : settings.keySet()) {
            if (STORES.contains(name) && settings.get(name) instanceof String path) {
                now.put(name + ".content", Files.readString(Path.of(path), StandardCharsets.ISO_8859_1));
            } else if (name.startsWith(SecretFiles.PREFIX + "ssl.")) {
                String of = name.substring(SecretFiles.PREFIX.length());
                String text = SecretFiles.value(settings, of).orElseThrow();
                now.put(of, STORES.contains(of) ? text : new Password(text));
            }
        }
        return now;
    }
}
