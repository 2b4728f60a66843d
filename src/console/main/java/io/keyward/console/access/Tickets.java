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

/// Tokens that the console signs for itself: sessions, and logins in progress. A ticket is valid for one purpose
/// until it expires. Consoles with the same key accept each other's tickets.
///
/// @param key at least 32 bytes
/// @param isRevoked whether the ticket with this id is revoked
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tickets(byte[] key, InstantSource clock, Predicate<String> isRevoked) {
    private static final String TENANTS = "tenants";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 9;

    static byte[] newKey() {
        return random(KEY_BYTES);
    }

    /// A random text of 256 bits.
    static String newSecret() {
        return text(random(KEY_BYTES));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// Base64url without padding, for addresses and headers.
    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A ticket that identifies a caller. It has an id, by which it can be revoked.
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

    /// The claims of a ticket; empty if it is not signed with the key, has another purpose, has expired
    /// or is revoked.
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
