package io.keyward.ops.http;

import io.keyward.ops.http.ServerCertificate.CertificateFiles;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the certificate from its files for each connection. If the files cannot be used, the previous
/// certificate stays in use, and the log has one line for each such content. Safe for many threads.
public final class RenewedCertificate extends X509ExtendedKeyManager {
    private final HttpFiles paths;
    private final HttpNames names;
    private final Logger log;
    private CertificateFiles seen;
    private Generations generations;
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
        ServerCertificate first = ServerCertificate.of(seen);
        generations = new Generations(0, first, first);
    }

    /// A TLS handshake requests the certificate and its key separately, by an alias. The alias contains the
    /// generation, so that both come from the same generation.
    private record Generations(long number, ServerCertificate current, ServerCertificate before) {
        private static final String SEPARATOR = ":";

        Generations with(ServerCertificate next) {
            return new Generations(number + 1, next, current);
        }

        /// @param chosen an alias in the current generation, or null
        String alias(String chosen) {
            return chosen == null ? null : number + SEPARATOR + chosen;
        }

        X509ExtendedKeyManager keys(String alias) {
            boolean isCurrent = alias.startsWith(number + SEPARATOR);
            return (isCurrent ? current : before).keys();
        }

        String aliasWithin(String alias) {
            return alias.substring(alias.indexOf(SEPARATOR) + 1);
        }
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// When the certificate of the next connection expires.
    public Instant notAfter() {
        return renewed().current().notAfter();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Generations now = renewed();
        return now.alias(now.current().keys().chooseEngineServerAlias(keyType, issuers, engine));
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        Generations now = renewed();
        return now.alias(now.current().keys().chooseServerAlias(keyType, issuers, socket));
    }

    @Override
    public synchronized X509Certificate[] getCertificateChain(String alias) {
        return generations.keys(alias).getCertificateChain(generations.aliasWithin(alias));
    }

    @Override
    public synchronized PrivateKey getPrivateKey(String alias) {
        return generations.keys(alias).getPrivateKey(generations.aliasWithin(alias));
    }

    /// TLS does not call this.
    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    /// Returns null, because the endpoint is not a client.
    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    private synchronized Generations renewed() {
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
        return generations;
    }

    /// Certificate and key may not match while the files are being replaced; the next connection reads them
    /// again.
    private void takeUp(CertificateFiles now) {
        try {
            generations = generations.with(ServerCertificate.of(now));
            log.info(
                    "The renewed certificate {} is now served; it expires at {}",
                    paths.certificate().orElseThrow(),
                    generations.current().notAfter());
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
                generations.current().notAfter(),
                why.getMessage());
    }
}
