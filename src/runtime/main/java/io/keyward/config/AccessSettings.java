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

/// Who may read a console, beside those who have its token.
public record AccessSettings(SettingValues values) implements Configured {
    static final SettingList SETTINGS = new SettingList();

    /// The OpenID provider whose tokens count.
    public static final Setting<URI> ISSUER = SETTINGS.withoutDefault(
            "keyward.console.oidc.issuer", "an https URL, or one of this machine", AccessSettings::url);

    /// Whom its access tokens are for.
    public static final Setting<String> AUDIENCE =
            SETTINGS.withoutDefault("keyward.console.oidc.audience", "a text without blanks", Parsers.matching("\\S+"));

    /// Says which tenants somebody may know.
    public static final Setting<String> CLAIM = SETTINGS.of(
            "keyward.console.oidc.claim", "keyward_tenants", "the name of a claim", Parsers.matching("\\S+"));

    /// The console, as the provider knows it. Without it, browsers cannot log in.
    public static final Setting<String> CLIENT_ID = SETTINGS.withoutDefault(
            "keyward.console.oidc.client-id", "a text without blanks", Parsers.matching("\\S+"));

    /// Without it, the client is a public one.
    public static final Setting<Path> CLIENT_SECRET =
            SETTINGS.path("keyward.console.oidc.client-secret.file", "a file with the secret of the client");

    /// What a login asks for.
    public static final Setting<String> SCOPES = SETTINGS.of(
            "keyward.console.oidc.scopes",
            "openid",
            "scopes with blanks between them, openid among them",
            Parsers.matching("(\\S+ )*openid( \\S+)*"));

    /// Where browsers find the console.
    public static final Setting<URI> ADDRESS = SETTINGS.withoutDefault(
            "keyward.console.address", "an https URL, or one of this machine", AccessSettings::url);

    /// How long a login counts.
    public static final Setting<Duration> SESSION =
            SETTINGS.positiveDuration("keyward.console.session.lifetime", "PT8H");

    /// The key that signs sessions. Without it, sessions end with the process.
    public static final Setting<Path> KEY =
            SETTINGS.path("keyward.console.session.key.file", "a file with one line of at least 32 characters");

    private static final int SHORTEST_KEY = 32;

    /// What is missing; empty if nothing is.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (values.has(ISSUER) && !values.has(AUDIENCE)) {
            problems.add(
                    "%s is missing: without it, a token for another service would count.".formatted(AUDIENCE.key()));
        }
        if (!values.has(ISSUER) && (values.has(AUDIENCE) || values.has(CLIENT_ID))) {
            problems.add("%s is missing: %s and %s only go with it."
                    .formatted(ISSUER.key(), AUDIENCE.key(), CLIENT_ID.key()));
        }
        if (values.has(CLIENT_ID) && !values.has(ADDRESS)) {
            problems.add("%s is missing: the provider sends browsers back to it.".formatted(ADDRESS.key()));
        }
        return problems;
    }

    /// The secret of the client, as it is in the file now.
    ///
    /// @throws ConfigurationException if the file cannot be read
    public Optional<String> secret() {
        return find(CLIENT_SECRET).map(file -> text(CLIENT_SECRET, file));
    }

    /// The key of sessions.
    ///
    /// @throws ConfigurationException if the file cannot be read, or the key is too short
    public Optional<byte[]> key() {
        return find(KEY).map(file -> {
            String text = text(KEY, file);
            if (text.length() < SHORTEST_KEY) {
                throw refused(KEY, file, "the key is too short, accepted is " + KEY.accepted());
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

    /// Tokens and sessions must not go over a network in the clear.
    private static URI url(String text) {
        URI url = URI.create(text);
        boolean isLocal = List.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
        return Parsers.require(url, url.getHost() != null && ("https".equals(url.getScheme()) || isLocal));
    }
}
