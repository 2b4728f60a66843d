package io.keyward.console.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import io.keyward.config.AccessSettings;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Gate;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Authenticates requests to the console by its static token, a token of the OpenID provider, or a login session.
/// While the provider is unavailable, only new logins and tokens signed with unknown keys fail.
public final class ConsoleGate implements Gate, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleGate.class);

    private final Gate token;
    private final AccessSettings settings;
    private final Optional<Provider> provider;
    private final Tickets tickets;
    private final AccessLog log = new AccessLog();
    private final InstantSource clock;

    /// Sessions that were logged out before they expired: id to expiry.
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    /// @param token checks the static token; allows everybody if neither a static token nor a
    ///     provider is configured
    public ConsoleGate(Gate token, AccessSettings settings, InstantSource clock) {
        this.token = token;
        this.clock = clock;
        this.settings = settings;
        var _ = settings.secret(); // an unreadable file fails the start, not a login
        this.provider = settings.find(AccessSettings.ISSUER).map(Provider::new);
        this.tickets = new Tickets(settings.key().orElseGet(Tickets::newKey), clock, ended::containsKey);
    }

    /// The browser login; empty if none is configured.
    public Optional<Login> login() {
        return provider.filter(_ -> settings.find(AccessSettings.CLIENT_ID).isPresent())
                .map(known -> new Login(settings, known, tickets));
    }

    @Override
    public boolean isOpen() {
        return provider.isEmpty() && token.isOpen();
    }

    @Override
    public Optional<Caller> caller(EndpointRequest request) {
        if (isOpen()) {
            return token.caller(request);
        }
        return (token.isOpen() ? Optional.<Caller>empty() : token.caller(request))
                .or(() -> request.bearerToken().flatMap(this::bearer))
                .or(() -> Cookies.SESSION.in(request).flatMap(cookie -> tickets.caller(Login.SESSION, cookie)));
    }

    private Optional<Caller> bearer(String shown) {
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        try {
            return new TenantsClaim(settings.value(AccessSettings.CLAIM))
                    .caller(provider.get().claims(shown, settings.value(AccessSettings.AUDIENCE)));
        } catch (BadJOSEException | ParseException refused) {
            LOG.debug("Token rejected: {}", refused.getMessage());
        } catch (JOSEException outage) {
            LOG.warn("Cannot verify a token: {}", outage.getMessage());
        }
        return Optional.empty();
    }

    @Override
    public EndpointResponse demand(EndpointRequest request) {
        boolean isForPeople = request.method().equals("GET")
                && request.header("accept").orElse("").contains("text/html")
                && request.header("sec-fetch-mode")
                        .filter(mode -> !mode.equals("navigate"))
                        .isEmpty();
        if (isForPeople && login().isPresent()) {
            String to = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
            return Login.redirect(Login.BEGIN + "?to=" + Login.encoded(to));
        }
        return provider.isEmpty()
                ? token.demand(request)
                : EndpointResponse.problem(
                                401,
                                "Send a token issued by %s for %s that names tenants in the claim '%s', as Authorization: Bearer TOKEN."
                                        .formatted(
                                                settings.value(AccessSettings.ISSUER),
                                                settings.value(AccessSettings.AUDIENCE),
                                                settings.value(AccessSettings.CLAIM)))
                        .with("WWW-Authenticate", "Bearer realm=\"keyward\"");
    }

    /// Whether the request carries a session cookie. It may have expired.
    public boolean hasSession(EndpointRequest request) {
        return Cookies.SESSION.in(request).isPresent();
    }

    /// Revokes the session of the request in this instance and makes the browser drop its cookie.
    public EndpointResponse loggedOut(EndpointRequest request, EndpointResponse page) {
        ended.values().removeIf(end -> !end.isAfter(clock.instant()));
        Cookies.SESSION
                .in(request)
                .flatMap(cookie -> tickets.read(Login.SESSION, cookie))
                .filter(session -> session.getJWTID() != null)
                .ifPresent(session -> ended.put(
                        session.getJWTID(), session.getExpirationTime().toInstant()));
        return page.with("Set-Cookie", Cookies.SESSION.gone());
    }

    @Override
    public void answered(EndpointRequest request, Optional<String> path, int status) {
        if (!isOpen()) {
            log.write(request, path, status);
        }
    }

    @Override
    public void close() {
        provider.ifPresent(Provider::close);
    }
}
