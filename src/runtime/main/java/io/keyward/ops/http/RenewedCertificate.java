package io.keyward.ops.http;

import io.keyward.ops.http.ServerCertificate.CertificateFiles;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the certificate from its files for each connection. If the files cannot be used, the previous certificate
/// stays in use, and each such content is logged once. Safe for many threads.
public final class RenewedCertificate {
    private final HttpFiles paths;
    private final HttpNames names;
    private final Logger log;
    private CertificateFiles seen;
    private ServerCertificate current;
    private String unreadable = "";

    /// @throws HttpEndpointException if the files cannot be used now
    RenewedCertificate(HttpFiles paths, HttpNames names) {
        this(paths, names, LoggerFactory.getLogger(RenewedCertificate.class));
    }

    RenewedCertificate(HttpFiles paths, HttpNames names, Logger log) {
        this.paths = paths;
        this.names = names;
        this.log = log;
        seen = CertificateFiles.read(paths, names);
        current = ServerCertificate.of(seen);
    }

    /// The context for the next connection.
    SSLContext context() {
        return renewed().context();
    }

    /// The expiry of the certificate for the next connection.
    public Instant notAfter() {
        return renewed().notAfter();
    }

    private synchronized ServerCertificate renewed() {
        try {
            CertificateFiles now = CertificateFiles.read(paths, names);
            unreadable = "";
            if (!now.equals(seen)) {
                takeUp(now);
            }
        } catch (HttpEndpointException failure) {
            if (!failure.getMessage().equals(unreadable)) {
                unreadable = failure.getMessage();
                keep(failure);
            }
        }
        return current;
    }

    /// Certificate and key may not match while the files are being replaced; the next connection reads them
    /// again.
    private void takeUp(CertificateFiles now) {
        try {
            current = ServerCertificate.of(now);
            log.info(
                    "The renewed certificate {} is now served; it expires at {}",
                    paths.certificate().orElseThrow(),
                    current.notAfter());
        } catch (HttpEndpointException unusable) {
            if (!CertificateFiles.read(paths, names).equals(now)) {
                return;
            }
            keep(unusable);
        }
        seen = now;
    }

    private void keep(HttpEndpointException why) {
        log.error(
                "The previous certificate is still served; it expires at {}. The new one cannot be used: {}",
                current.notAfter(),
                why.getMessage());
    }
}
