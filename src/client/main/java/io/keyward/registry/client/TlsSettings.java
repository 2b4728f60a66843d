package io.keyward.registry.client;

import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/// Kafka's `ssl.*` settings for the connection to the registry (key and trust stores as JKS, PKCS12 or PEM).
/// Without them, the JDK's default trust store applies. Never printed.
public record TlsSettings(Map<String, String> ssl) {
    static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();

    public TlsSettings {
        ssl = Map.copyOf(ssl);
    }

    Optional<SSLContext> context() {
        if (ssl.isEmpty()) {
            return Optional.empty();
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(DEFINITION.parse(ssl));
            return Optional.of(factory.sslContext());
        } catch (KafkaException unusable) {
            throw new IllegalArgumentException(
                    "schema.registry.ssl.*: the key or trust store cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public String toString() {
        return "TlsSettings[" + (ssl.isEmpty() ? "JDK's trust" : "own stores, hidden") + "]";
    }
}
