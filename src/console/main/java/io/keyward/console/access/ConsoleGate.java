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

/// Authenticates requests to the console by its static token, a token of the OpenID provider, or a session that
/// began with a login. While the provider does not answer, only new logins and tokens under unknown keys fail.
public final class ConsoleGate implements Gate, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleGate.class);

    private final Gate token;
    private final AccessSettings settings;
    private final Optional<Provider> provider;
    private final Tickets tickets;
    private final AccessLog log = new AccessLog();
    private final InstantSource clock;

    /// The sessions that somebody has ended before their time, by id, with that time.
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    /// @param token lets in who shows the static token; lets everybody in if neither that nor a provider is set
    public ConsoleGate(Gate token, AccessSettings settings, InstantSource clock) {
        this.token = token;
        this.clock = clock;
        this.settings = settings;
        var _ = settings.secret(); // a file that cannot be read ends the start, not a login
        this.provider = settings.find(AccessSettings.ISSUER).map(Provider::new);
        this.tickets = new Tickets(settings.key().orElseGet(Tickets::newKey), clock, ended::containsKey);
    }

    /// The login of browsers; empty if there is none.
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
            LOG.debug("A token is refused: {}", refused.getMessage());
        } catch (JOSEException outage) {
            LOG.warn("A token cannot be checked: {}", outage.getMessage());
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
                                "Send a token of %s for %s, which names tenants in the claim '%s', as Authorization: Bearer TOKEN."
                                        .formatted(
                                                settings.value(AccessSettings.ISSUER),
                                                settings.value(AccessSettings.AUDIENCE),
                                                settings.value(AccessSettings.CLAIM)))
                        .with("WWW-Authenticate", "Bearer realm=\"keyward\"");
    }

    /// Whether a browser is logged in.
    public boolean hasSession(EndpointRequest request) {
        return Cookies.SESSION.in(request).isPresent();
    }

    /// Ends the session of the request, here at once, and by the answer in the browser.
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
    public void answered(EndpointRequest asked, Optional<String> path, int status) {
        if (!isOpen()) {
            log.write(asked, path, status);
        }
    }

    @Override
    public void close() {
        provider.ifPresent(Provider::close);
    }
}
