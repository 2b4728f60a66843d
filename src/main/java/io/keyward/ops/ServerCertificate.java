package io.keyward.ops;

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
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/// The certificate and key of the endpoint, read the way Kafka's own clients read theirs.
final class ServerCertificate {
    private static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();
    private static final String PEM = "-----BEGIN ";

    private ServerCertificate() {}

    /// @throws HttpEndpointException naming the file that cannot be used, and what is accepted
    static SSLContext read(HttpFiles files) {
        Path certificate = files.certificate().orElseThrow();
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(
                    DEFINITION.parse(isPem(certificate) ? pem(files, certificate) : pkcs12(files, certificate)));
            return factory.sslContext();
        } catch (KafkaException unusable) {
            throw new HttpEndpointException(
                    HttpFiles.CERTIFICATE + " = " + certificate + ": it cannot be used (" + reason(unusable)
                            + "); accepted is a PEM certificate chain with its key (BEGIN PRIVATE KEY, that is PKCS#8)"
                            + " in the same file or in " + HttpFiles.KEY
                            + ", or a PKCS#12 key store whose password is in " + HttpFiles.PASSWORD + ".",
                    unusable);
        }
    }

    private static boolean isPem(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(PEM);
        } catch (IOException failure) {
            throw new HttpEndpointException(
                    HttpFiles.CERTIFICATE + " = " + file + ": the file cannot be read (" + failure + ").", failure);
        }
    }

    private static Map<String, String> pem(HttpFiles files, Path certificate) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.certificate.chain", HttpFiles.text(certificate, HttpFiles.CERTIFICATE));
        settings.put(
                "ssl.keystore.key",
                files.key()
                        .map(key -> HttpFiles.text(key, HttpFiles.KEY))
                        .orElseGet(() -> HttpFiles.text(certificate, HttpFiles.CERTIFICATE)));
        password(files).ifPresent(password -> settings.put("ssl.key.password", password));
        return settings;
    }

    private static Map<String, String> pkcs12(HttpFiles files, Path store) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", store.toString());
        password(files).ifPresent(password -> settings.put("ssl.keystore.password", password));
        return settings;
    }

    private static Optional<String> password(HttpFiles files) {
        return files.password()
                .map(file -> HttpFiles.text(file, HttpFiles.PASSWORD).strip());
    }

    private static String reason(KafkaException unusable) {
        return unusable instanceof ConfigException || unusable.getCause() == null
                ? unusable.getMessage()
                : unusable.getCause().getMessage();
    }
}
