package io.keyward.console.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the console signs for itself, with a key that nobody else has: sessions, and logins that have begun. A
/// ticket serves one purpose only, until it ends. Consoles with the same key accept each other's.
///
/// @param key at least 32 bytes
/// @param isRevoked whether the ticket with that id counts no more
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tickets(byte[] key, InstantSource clock, Predicate<String> isRevoked) {
    private static final String TENANTS = "tenants";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 9;

    static byte[] newKey() {
        return random(KEY_BYTES);
    }

    /// A text that nobody can guess.
    static String newSecret() {
        return text(random(KEY_BYTES));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// Bytes in the form that addresses and headers can hold.
    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A ticket that says who somebody is, with an id of its own, by which it can be revoked.
    String ofCaller(String purpose, Caller caller, Duration lifetime) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder().subject(caller.name()).jwtID(text(random(ID_BYTES)));
        caller.tenants()
                .ifPresent(some -> claims.claim(
                        TENANTS, some.stream().map(TenantId::value).sorted().toList()));
        return write(purpose, claims, lifetime);
    }

    String write(String purpose, JWTClaimsSet.Builder claims, Duration lifetime) {
        Instant end = clock.instant().plus(lifetime);
        SignedJWT ticket = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                claims.audience(purpose).expirationTime(Date.from(end)).build());
        try {
            ticket.sign(new MACSigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return ticket.serialize();
    }

    /// What a ticket says; empty if it is none of ours, serves another purpose, has ended or was revoked.
    Optional<JWTClaimsSet> read(String purpose, String text) {
        try {
            SignedJWT ticket = SignedJWT.parse(text);
            JWTClaimsSet claims = ticket.getJWTClaimsSet();
            boolean counts = ticket.verify(new MACVerifier(key))
                    && claims.getAudience().equals(List.of(purpose))
                    && claims.getExpirationTime().toInstant().isAfter(clock.instant())
                    && (claims.getJWTID() == null || !isRevoked.test(claims.getJWTID()));
            return counts ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | JOSEException foreign) {
            return Optional.empty();
        }
    }

    Optional<Caller> caller(String purpose, String text) {
        return read(purpose, text).map(Tickets::caller);
    }

    private static Caller caller(JWTClaimsSet claims) {
        try {
            Optional<Set<TenantId>> tenants = Optional.ofNullable(claims.getStringListClaim(TENANTS))
                    .map(some -> some.stream().map(TenantId::new).collect(Collectors.toSet()));
            return new Caller(claims.getSubject(), tenants);
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
