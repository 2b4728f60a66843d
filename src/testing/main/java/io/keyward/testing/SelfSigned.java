package io.keyward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate that is its own authority, as a PKCS#12 key store and as PEM files.
public record SelfSigned(Path folder) {
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /// Makes a certificate for `localhost` and 127.0.0.1 and writes it into the folder, which is made where missing.
    public static SelfSigned in(Path folder) throws Exception {
        return in(folder, "dns:localhost,ip:127.0.0.1", 90);
    }

    /// Makes a certificate for these subject alternative names, in the form of keytool, that ends after so many days.
    public static SelfSigned in(Path folder, String names, int days) throws Exception {
        SelfSigned made = new SelfSigned(Files.createDirectories(folder));
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        made.store().toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=keyward",
                        "-validity",
                        Integer.toString(days),
                        "-ext",
                        "san=" + names)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = made.keyStore();
        Files.writeString(
                made.certificate(),
                pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
        Files.writeString(
                made.key(),
                pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(made.password(), PASSWORD + "\n");
        return made;
    }

    /// The key store; it can serve as the trust store as well.
    public Path store() {
        return folder.resolve("server.p12");
    }

    public Path certificate() {
        return folder.resolve("server.crt");
    }

    public Path key() {
        return folder.resolve("server.key");
    }

    /// A file that holds the password of the store.
    public Path password() {
        return folder.resolve("server.password");
    }

    /// A client context that trusts nothing but this certificate.
    public SSLContext trusted() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, keyStore().getCertificate(ALIAS));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    public KeyStore keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store())) {
            store.load(bytes, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, LINES.encodeToString(der), label);
    }
}
