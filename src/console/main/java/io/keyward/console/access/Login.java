package io.keyward.console.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import io.keyward.config.AccessSettings;
import io.keyward.domain.id.Sha256;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The login of a browser: authorization code with PKCE, state and nonce (OpenID Connect Core 3.1, RFC 7636, RFC
/// 9207). The console keeps no state between the two steps: it is in a signed cookie.
public final class Login {
    public static final String BEGIN = "/login";
    public static final String FINISH = "/login/callback";
    static final String SESSION = "session";

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    /// A path of this console. Browsers drop tabs and line ends and treat a backslash as a slash, and two leading
    /// slashes would name another host.
    private static final Pattern OWN_PAGE = Pattern.compile("/([^/\\\\\\p{Cntrl}]\\P{Cntrl}*)?");

    private static final Duration TIME_TO_LOG_IN = Duration.ofMinutes(10);

    /// Browsers reject cookies longer than 4,096 bytes including name and attributes.
    private static final int LONGEST_COOKIE = 3_900;

    private final AccessSettings settings;
    private final Provider provider;
    private final Tickets tickets;
    private final String client;
    private final URI back;

    Login(AccessSettings settings, Provider provider, Tickets tickets) {
        this.settings = settings;
        this.provider = provider;
        this.tickets = tickets;
        this.client = settings.value(AccessSettings.CLIENT_ID);
        this.back = settings.value(AccessSettings.ADDRESS).resolve(FINISH);
    }

    /// The login failed. The message is a sentence that gives the reason.
    public static final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }
    }

    /// Redirects the browser to the provider.
    ///
    /// @param to the page to show after the login; a path that is not of this console is replaced by `/`
    /// @throws RefusedException if the provider is unavailable
    public EndpointResponse begin(String to) throws RefusedException {
        String state = Tickets.newSecret();
        String nonce = Tickets.newSecret();
        String verifier = Tickets.newSecret();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client);
        query.put("redirect_uri", back.toString());
        query.put("scope", settings.value(AccessSettings.SCOPES));
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("code_challenge", Tickets.text(Sha256.of(verifier)));
        query.put("code_challenge_method", "S256");
        JWTClaimsSet.Builder pending = new JWTClaimsSet.Builder()
                .claim("state", state)
                .claim("nonce", nonce)
                .claim("verifier", verifier)
                .claim("to", OWN_PAGE.matcher(to).matches() ? to : "/");
        try {
            String address = provider.metadata().get("authorization_endpoint").toString();
            return redirect(address + (address.contains("?") ? "&" : "?") + form(query))
                    .with(
                            "Set-Cookie",
                            Cookies.LOGIN.with(tickets.write(BEGIN, pending, TIME_TO_LOG_IN), TIME_TO_LOG_IN));
        } catch (IOException outage) {
            throw unavailable(outage);
        }
    }

    /// Handles the provider's response and redirects the browser to the page that it first requested.
    ///
    /// @throws RefusedException if the login failed, was started in another browser, or gives access to no tenant
    public EndpointResponse finish(EndpointRequest request) throws RefusedException {
        JWTClaimsSet pending = Cookies.LOGIN
                .in(request)
                .flatMap(cookie -> tickets.read(BEGIN, cookie))
                .filter(claims -> request.parameter("state").equals(Optional.of(claims.getClaim("state"))))
                .orElseThrow(
                        () -> new RefusedException("This login was not started in this browser, or took too long."));
        if (request.parameter("iss")
                .filter(iss -> !iss.equals(settings.value(AccessSettings.ISSUER).toString()))
                .isPresent()) {
            throw new RefusedException("The response comes from another provider.");
        }
        String code =
                request.parameter("code").orElseThrow(() -> new RefusedException("The provider did not log you in."));
        try {
            Map<String, Object> tokens =
                    provider.json(exchange(code, pending.getClaim("verifier").toString()));
            JWTClaimsSet claims = provider.claims(String.valueOf(tokens.get("id_token")), client);
            if (!pending.getClaim("nonce").equals(claims.getClaim("nonce"))) {
                throw new RefusedException("The provider's response belongs to another login.");
            }
            return session(claims, pending.getClaim("to").toString());
        } catch (IOException | JOSEException outage) {
            throw unavailable(outage);
        } catch (BadJOSEException | ParseException foreign) {
            LOG.warn("The provider's response was rejected: {}", foreign.getMessage());
            throw new RefusedException("The provider's response could not be verified; the log says why.");
        }
    }

    private EndpointResponse session(JWTClaimsSet claims, String to) throws RefusedException {
        String claim = settings.value(AccessSettings.CLAIM);
        Duration lifetime = settings.value(AccessSettings.SESSION);
        Caller caller = new TenantsClaim(claim)
                .caller(claims)
                .orElseThrow(() -> new RefusedException(
                        "You have access to no tenant here: the claim '%s' names none.".formatted(claim)));
        String session = tickets.ofCaller(SESSION, caller, lifetime);
        if (session.length() > LONGEST_COOKIE) {
            throw new RefusedException(
                    "The claim '%s' names more tenants than a session can hold; use the API, or set the claim to 'all'."
                            .formatted(claim));
        }
        return redirect(to).with("Set-Cookie", Cookies.SESSION.with(session, lifetime));
    }

    private HttpRequest.Builder exchange(String code, String verifier) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back.toString());
        form.put("code_verifier", verifier);
        form.put("client_id", client);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(provider.metadata().get("token_endpoint").toString()))
                .header("Content-Type", "application/x-www-form-urlencoded");
        settings.secret()
                .ifPresent(secret -> request.header("Authorization", basic(encoded(client) + ":" + encoded(secret))));
        return request.POST(BodyPublishers.ofString(form(form)));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static RefusedException unavailable(Exception outage) {
        LOG.warn("A request to the OpenID provider failed: {}", outage.toString());
        return new RefusedException("The OpenID provider is unavailable; try again later.");
    }

    static EndpointResponse redirect(String address) {
        return new EndpointResponse(303, "text/plain; charset=utf-8", "").with("Location", address);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }
}
