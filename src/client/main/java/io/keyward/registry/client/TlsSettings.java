package io.keyward.registry.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/// Kafka's `ssl.*` settings for the connection to the registry (key and trust stores as JKS, PKCS12 or PEM).
/// Without them, the JDK's default trust store applies. Never printed.
///
/// @param stores what the key and trust stores held when the settings were read, by the settings that name them
public record TlsSettings(Map<String, String> ssl, Map<String, String> stores) {
    static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();

    public TlsSettings {
        ssl = Map.copyOf(ssl);
        stores = Map.copyOf(stores);
    }

    /// Reads the stores. Of one that cannot be read, [#context] says so.
    public TlsSettings(Map<String, String> ssl) {
        this(ssl, contents(ssl));
    }

    private static Map<String, String> contents(Map<String, String> ssl) {
        Map<String, String> contents = new HashMap<>();
        ssl.forEach((name, path) -> {
            if (name.endsWith("store.location")) {
                try {
                    contents.put(name, Files.readString(Path.of(path), StandardCharsets.ISO_8859_1));
                } catch (IOException unreadable) {
                    contents.put(name, unreadable.toString());
                }
            }
        });
        return contents;
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
