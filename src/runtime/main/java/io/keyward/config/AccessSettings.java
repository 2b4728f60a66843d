package io.keyward.config;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who may read a console, besides holders of its token.
public record AccessSettings(SettingValues values) implements Configured {
    static final SettingList SETTINGS = new SettingList();

    /// The OpenID provider whose tokens are accepted.
    public static final Setting<URI> ISSUER = SETTINGS.withoutDefault(
            "keyward.console.oidc.issuer", "an https URL, or a URL of this machine", AccessSettings::url);

    /// The audience that access tokens must name.
    public static final Setting<String> AUDIENCE = SETTINGS.withoutDefault(
            "keyward.console.oidc.audience", "a string without whitespace", Parsers.matching("\\S+"));

    /// The claim that lists the tenants a user may see.
    public static final Setting<String> CLAIM = SETTINGS.of(
            "keyward.console.oidc.claim", "keyward_tenants", "the name of a claim", Parsers.matching("\\S+"));

    /// The client id of the console at the provider. Without it, browsers cannot log in.
    public static final Setting<String> CLIENT_ID = SETTINGS.withoutDefault(
            "keyward.console.oidc.client-id", "a string without whitespace", Parsers.matching("\\S+"));

    /// Without it, the console is a public client.
    public static final Setting<Path> CLIENT_SECRET =
            SETTINGS.path("keyward.console.oidc.client-secret.file", "a file with the secret of the client");

    /// The scopes that a login requests.
    public static final Setting<String> SCOPES = SETTINGS.of(
            "keyward.console.oidc.scopes",
            "openid",
            "scopes separated by spaces, including openid",
            Parsers.matching("(\\S+ )*openid( \\S+)*"));

    /// The address under which browsers reach the console.
    public static final Setting<URI> ADDRESS = SETTINGS.withoutDefault(
            "keyward.console.address", "an https URL, or a URL of this machine", AccessSettings::url);

    /// How long a login is valid.
    public static final Setting<Duration> SESSION =
            SETTINGS.positiveDuration("keyward.console.session.lifetime", "PT8H");

    /// The key that signs sessions. Without it, sessions end with the process.
    public static final Setting<Path> KEY =
            SETTINGS.path("keyward.console.session.key.file", "a file with one line of at least 32 characters");

    private static final int SHORTEST_KEY = 32;

    /// Missing settings, as messages.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (values.has(ISSUER) && !values.has(AUDIENCE)) {
            problems.add("%s is missing: without it, a token for another service would be accepted."
                    .formatted(AUDIENCE.key()));
        }
        if (!values.has(ISSUER) && (values.has(AUDIENCE) || values.has(CLIENT_ID))) {
            problems.add("%s is missing: %s and %s have no effect without it."
                    .formatted(ISSUER.key(), AUDIENCE.key(), CLIENT_ID.key()));
        }
        if (values.has(CLIENT_ID) && !values.has(ADDRESS)) {
            problems.add("%s is missing: the provider sends browsers back to it.".formatted(ADDRESS.key()));
        }
        return problems;
    }

    /// The client secret, as its file is now.
    ///
    /// @throws ConfigurationException if the file cannot be read
    public Optional<String> secret() {
        return find(CLIENT_SECRET).map(file -> text(CLIENT_SECRET, file));
    }

    /// The key that signs sessions.
    ///
    /// @throws ConfigurationException if the file cannot be read, or the key is too short
    public Optional<byte[]> key() {
        return find(KEY).map(file -> {
            String text = text(KEY, file);
            if (text.length() < SHORTEST_KEY) {
                throw refused(KEY, file, "the key is too short; it must be " + KEY.accepted());
            }
            return text.getBytes(StandardCharsets.UTF_8);
        });
    }

    private static String text(Setting<Path> setting, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw refused(setting, file, "the file cannot be read (" + failure + ")");
        }
    }

    private static ConfigurationException refused(Setting<Path> setting, Path file, String why) {
        return new ConfigurationException(List.of("%s = %s: %s.".formatted(setting.key(), file, why)));
    }

    /// Tokens and sessions must not cross a network unencrypted.
    private static URI url(String text) {
        URI url = URI.create(text);
        boolean isLocal = List.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
        return Parsers.require(url, url.getHost() != null && ("https".equals(url.getScheme()) || isLocal));
    }
}
