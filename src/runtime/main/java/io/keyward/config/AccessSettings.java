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
///
/// @param issuer the OpenID provider whose tokens count; empty if there is none
/// @param audience whom its access tokens are for
/// @param claim the claim that says which tenants somebody may know
/// @param clientId the console, as the provider knows it; empty if browsers cannot log in
/// @param clientSecret file of its secret; empty for a public client
/// @param scopes what a login asks for
/// @param address where browsers find the console
/// @param session how long a login counts
/// @param keyFile with which sessions and calendar links are signed; empty for one that ends with the process
/// @param revokedFile a file with the ids of calendar links that count no more
public record AccessSettings(
        Optional<URI> issuer,
        Optional<String> audience,
        String claim,
        Optional<String> clientId,
        Optional<Path> clientSecret,
        String scopes,
        Optional<URI> address,
        Duration session,
        Optional<Path> keyFile,
        Optional<Path> revokedFile) {
    static final SettingList SETTINGS = new SettingList();

    static final Setting<URI> ISSUER = SETTINGS.withoutDefault(
            "keyward.console.oidc.issuer", "an https URL, or one of this machine", AccessSettings::url);
    static final Setting<String> AUDIENCE = SETTINGS.withoutDefault(
            "keyward.console.oidc.audience", "a text without blanks", Parsers.matching("\\S+"));
    static final Setting<String> CLAIM = SETTINGS.of(
            "keyward.console.oidc.claim", "keyward_tenants", "the name of a claim", Parsers.matching("\\S+"));
    static final Setting<String> CLIENT_ID = SETTINGS.withoutDefault(
            "keyward.console.oidc.client-id", "a text without blanks", Parsers.matching("\\S+"));
    static final Setting<Path> CLIENT_SECRET =
            SETTINGS.path("keyward.console.oidc.client-secret.file", "a file with the secret of the client");
    static final Setting<String> SCOPES = SETTINGS.of(
            "keyward.console.oidc.scopes",
            "openid",
            "scopes with blanks between them, openid among them",
            Parsers.matching("(\\S+ )*openid( \\S+)*"));
    static final Setting<URI> ADDRESS = SETTINGS.withoutDefault(
            "keyward.console.address", "an https URL, or one of this machine", AccessSettings::url);
    static final Setting<Duration> SESSION = SETTINGS.positiveDuration("keyward.console.session.lifetime", "PT8H");
    static final Setting<Path> KEY =
            SETTINGS.path("keyward.console.session.key.file", "a file with one line of at least 32 characters");
    static final Setting<Path> REVOKED =
            SETTINGS.path("keyward.console.revoked-links.file", "a file with an id in each line");

    private static final int SHORTEST_KEY = 32;

    static AccessSettings from(SettingValues values) {
        return new AccessSettings(
                values.find(ISSUER),
                values.find(AUDIENCE),
                values.value(CLAIM),
                values.find(CLIENT_ID),
                values.find(CLIENT_SECRET),
                values.value(SCOPES),
                values.find(ADDRESS),
                values.value(SESSION),
                values.find(KEY),
                values.find(REVOKED));
    }

    /// What is missing; empty if nothing is.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (issuer.isPresent() && audience.isEmpty()) {
            problems.add(
                    "%s is missing: without it, a token for another service would count.".formatted(AUDIENCE.key()));
        }
        if (issuer.isEmpty() && (audience.isPresent() || clientId.isPresent())) {
            problems.add("%s is missing: %s and %s only go with it."
                    .formatted(ISSUER.key(), AUDIENCE.key(), CLIENT_ID.key()));
        }
        if (clientId.isPresent() && address.isEmpty()) {
            problems.add("%s is missing: the provider sends browsers back to it.".formatted(ADDRESS.key()));
        }
        return problems;
    }

    /// The secret of the client, as it is in the file now.
    ///
    /// @throws ConfigurationException if the file cannot be read
    public Optional<String> secret() {
        return clientSecret.map(file -> text(CLIENT_SECRET, file));
    }

    /// The key of sessions and calendar links.
    ///
    /// @throws ConfigurationException if the file cannot be read, or the key is too short
    public Optional<byte[]> key() {
        return keyFile.map(file -> {
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
