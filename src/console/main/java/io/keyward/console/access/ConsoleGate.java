package io.keyward.console.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import io.keyward.config.AccessSettings;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets into the console who shows its static token, a token of the OpenID provider, a session that
/// has begun with a login, or a calendar link. While the provider does not answer, all but new
/// logins and unknown keys go on.
public final class ConsoleGate implements Gate, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleGate.class);
    private static final String CALENDAR = "/calendar.ics";
    private static final String LINK = "token";
    private static final Duration LINK_LIFETIME = Duration.ofDays(366);

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
        this.tickets = new Tickets(settings.key().orElseGet(Tickets::newKey), clock, this::isRevoked);
    }

    private boolean isRevoked(String id) {
        return id.startsWith(Login.SESSION_ID)
                ? ended.containsKey(id)
                : settings.find(AccessSettings.REVOKED)
                        .filter(file -> lists(file, id))
                        .isPresent();
    }

    /// Read each time, so that a revocation needs no restart. A file that cannot be read revokes all.
    private static boolean lists(Path file, String id) {
        try {
            return Files.readAllLines(file).stream().map(String::strip).anyMatch(id::equals);
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.error("{} cannot be read, so calendar links are refused: {}", file, unreadable.toString());
            return true;
        }
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
                .or(() -> Cookies.SESSION.in(request).flatMap(cookie -> tickets.caller(Login.SESSION, cookie)))
                .or(() -> request.path().equals(CALENDAR)
                        ? request.parameter(LINK).flatMap(link -> tickets.caller(CALENDAR, link))
                        : Optional.empty());
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

    /// Whether there are calendar links: only with a key that outlives the process.
    public boolean givesLinks() {
        return !isOpen() && settings.find(AccessSettings.KEY).isPresent();
    }

    /// A link to the calendar that shows what the caller may know; empty if there are no such links.
    public Optional<CalendarLink> calendarLink(Caller caller) {
        if (!givesLinks()) {
            return Optional.empty();
        }
        String id = Tickets.newId();
        String link = CALENDAR + "?" + LINK + "=" + tickets.ofCaller(CALENDAR, caller, id, LINK_LIFETIME);
        return Optional.of(new CalendarLink(
                id,
                settings.find(AccessSettings.ADDRESS)
                        .map(own -> own.resolve(link).toString())
                        .orElse(link)));
    }

    /// Whether a browser is logged in.
    public boolean hasSession(EndpointRequest request) {
        return Cookies.SESSION.in(request).isPresent();
    }

    /// A link that is shown once.
    ///
    /// @param id by which it can be revoked
    public record CalendarLink(String id, String address) {}

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
