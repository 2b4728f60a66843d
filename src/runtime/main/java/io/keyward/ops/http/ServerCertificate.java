package io.keyward.ops.http;

import io.keyward.domain.fact.Instants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/// A certificate chain with its key. PEM is parsed by Kafka's own code.
///
/// @param context serves both
/// @param notAfter the earliest expiry of a certificate in the chain
record ServerCertificate(SSLContext context, Instant notAfter) {
    private static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();
    private static final String PEM = "-----BEGIN ";
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /// @throws HttpEndpointException naming the file that cannot be used and the valid formats
    static ServerCertificate of(CertificateFiles files) {
        try {
            return of(files.certificate().contains(PEM) ? pem(files) : pkcs12(files), password(files));
        } catch (KafkaException | GeneralSecurityException | IOException unusable) {
            Path certificate = files.paths().certificate().orElseThrow();
            throw new HttpEndpointException(
                    files.names().certificate() + " = " + certificate + ": it cannot be used (" + reason(unusable)
                            + "); expected a PEM certificate chain with its key (PKCS#8, BEGIN PRIVATE KEY)"
                            + " in the same file or in " + files.names().key()
                            + ", or a PKCS#12 key store whose password is in "
                            + files.names().password() + ".",
                    unusable);
        }
    }

    private static ServerCertificate of(KeyStore store, char[] password) throws GeneralSecurityException {
        Instant notAfter = Instant.MAX;
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, password) instanceof PrivateKey key) {
                requireThatTheyMatch(key, store.getCertificate(alias));
                for (Certificate certificate : store.getCertificateChain(alias)) {
                    Instant end = ((X509Certificate) certificate).getNotAfter().toInstant();
                    notAfter = Instants.min(end, notAfter);
                }
            }
        }
        if (notAfter.equals(Instant.MAX)) {
            throw new GeneralSecurityException("it holds no private key");
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new ServerCertificate(context, notAfter);
    }

    /// Java accepts any pair, but each handshake with a mismatched pair fails. Pairs with an unknown algorithm are
    /// not checked.
    private static void requireThatTheyMatch(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm != null && !isSignedFor(key, certificate.getPublicKey(), Signature.getInstance(algorithm))) {
            throw new GeneralSecurityException("the key does not belong to the certificate");
        }
    }

    private static boolean isSignedFor(PrivateKey key, PublicKey other, Signature signature)
            throws GeneralSecurityException {
        if (!other.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        signature.initSign(key);
        signature.update(other.getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(other);
        signature.update(other.getEncoded());
        return signature.verify(signed);
    }

    private static KeyStore pem(CertificateFiles files) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.certificate.chain", files.certificate());
        settings.put("ssl.keystore.key", files.key().orElseGet(files::certificate));
        files.password().ifPresent(password -> settings.put("ssl.key.password", password.strip()));
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(DEFINITION.parse(settings));
            return factory.keystore();
        }
    }

    private static KeyStore pkcs12(CertificateFiles files) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(
                new ByteArrayInputStream(files.certificate().getBytes(StandardCharsets.ISO_8859_1)), password(files));
        return store;
    }

    /// The password for the entries of either store. Kafka sets none for an unencrypted PEM key.
    private static char[] password(CertificateFiles files) {
        return files.password().map(password -> password.strip().toCharArray()).orElse(null);
    }

    private static String reason(Exception unusable) {
        return unusable instanceof ConfigException || unusable.getCause() == null
                ? unusable.getMessage()
                : unusable.getCause().getMessage();
    }

    /// The contents of a certificate's files at one moment; equal to a later read if no file has changed.
    /// `toString` does not contain them.
    ///
    /// @param certificate the file's bytes as ISO-8859-1, because it may be PEM or a key store
    record CertificateFiles(
            HttpFiles paths, HttpNames names, String certificate, Optional<String> key, Optional<String> password) {
        /// @throws HttpEndpointException naming the setting and the file that cannot be read
        static CertificateFiles read(HttpFiles paths, HttpNames names) {
            return new CertificateFiles(
                    paths,
                    names,
                    HttpFiles.text(paths.certificate().orElseThrow(), StandardCharsets.ISO_8859_1, names.certificate()),
                    paths.key().map(file -> HttpFiles.text(file, StandardCharsets.UTF_8, names.key())),
                    paths.password().map(file -> HttpFiles.text(file, StandardCharsets.UTF_8, names.password())));
        }

        @Override
        public String toString() {
            return "CertificateFiles[hidden]";
        }
    }
}
