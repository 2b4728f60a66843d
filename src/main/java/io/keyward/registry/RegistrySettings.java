package io.keyward.registry;

import io.keyward.registry.SerializerSettings.Choice;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be set about the schema registry and the serde. Printing it shows no secret.
public record RegistrySettings(
        Connection connection, RetryPolicy retry, CacheLimits cache, SerializerSettings serializer) {
    /// Reads settings under Confluent's names (`schema.registry.url`, `basic.auth.user.info` …), with defaults that
    /// suit a stream thread: a call fails within `retries.deadline.ms` (ours; one minute), well before the thread's
    /// `max.poll.interval.ms`.
    ///
    /// @throws IllegalArgumentException naming a setting that is missing, unknown or has a bad value
    public static RegistrySettings of(Map<String, ?> confluentNames) {
        SettingNames names = new SettingNames(confluentNames);
        RegistrySettings settings =
                new RegistrySettings(connection(names), retry(names), cache(names), serializer(names));
        names.requireNothingElse();
        return settings;
    }

    private static Connection connection(SettingNames names) {
        List<URI> urls = names.parsed("schema.registry.url", List.of(), RegistrySettings::urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "schema.registry.url is missing: expected one or more http(s) URLs, separated by commas");
        }
        return new Connection(
                urls.stream().map(RegistrySettings::withoutUserInfo).toList(),
                credentials(names, urls),
                new TlsSettings(names.family(TlsSettings.DEFINITION.names())),
                new Connection.Timeouts(
                        names.millis("http.connect.timeout.ms", Duration.ofSeconds(5)),
                        names.millis("http.read.timeout.ms", Duration.ofSeconds(10))));
    }

    private static RetryPolicy retry(SettingNames names) {
        return new RetryPolicy(
                names.count("max.retries", 30),
                names.millis("retries.wait.ms", Duration.ofMillis(100)),
                names.millis("retries.max.wait.ms", Duration.ofSeconds(5)),
                names.millis("retries.deadline.ms", Duration.ofMinutes(1)));
    }

    private static CacheLimits cache(SettingNames names) {
        return new CacheLimits(
                names.seconds("missing.id.cache.ttl.sec", Duration.ofSeconds(10)),
                names.count("max.schemas.per.subject", 1_000));
    }

    private static SerializerSettings serializer(SettingNames names) {
        boolean latest = names.flag("use.latest.version", false);
        boolean register = names.flag("auto.register.schemas", !latest);
        if (latest && register) {
            throw new IllegalArgumentException("use.latest.version=true and auto.register.schemas=true exclude each"
                    + " other: expected at most one of them");
        }
        return new SerializerSettings(
                latest ? Choice.LATEST : register ? Choice.REGISTER : Choice.LOOK_UP,
                names.flag("latest.compatibility.strict", true),
                names.flag("normalize.schemas", false),
                !names.flag("avro.remove.java.properties", true),
                names.parsed("key.subject.name.strategy", SubjectNameStrategy.TOPIC, SubjectNameStrategy::of),
                names.parsed("value.subject.name.strategy", SubjectNameStrategy.TOPIC, SubjectNameStrategy::of));
    }

    private static Credentials credentials(SettingNames names, List<URI> urls) {
        String basic = names.text("basic.auth.credentials.source").orElse("URL");
        Optional<String> userInfo = names.text("basic.auth.user.info");
        Optional<String> bearer = names.text("bearer.auth.credentials.source");
        Optional<String> token = names.text("bearer.auth.token");
        Optional<String> cluster = names.text("bearer.auth.logical.cluster");
        Optional<String> identityPool = names.text("bearer.auth.identity.pool.id");
        if (bearer.isPresent()) {
            require("bearer.auth.credentials.source", bearer.get(), List.of("STATIC_TOKEN"));
            return new Credentials.Bearer(
                    token.orElseThrow(
                            () -> missing("bearer.auth.token", "bearer.auth.credentials.source=STATIC_TOKEN")),
                    cluster,
                    identityPool);
        }
        require("basic.auth.credentials.source", basic, List.of("URL", "USER_INFO"));
        if (basic.equals("USER_INFO")) {
            return new Credentials.Basic(userInfo.orElseThrow(
                    () -> missing("basic.auth.user.info", "basic.auth.credentials.source=USER_INFO")));
        }
        return urls.stream()
                .flatMap(url -> Optional.ofNullable(url.getRawUserInfo()).stream())
                .findFirst()
                .<Credentials>map(info -> new Credentials.Basic(URLDecoder.decode(info, StandardCharsets.UTF_8)))
                .orElseGet(Credentials.None::new);
    }

    private static void require(String name, String value, List<String> accepted) {
        if (!accepted.contains(value)) {
            throw new IllegalArgumentException(name + "=" + value + ": expected " + String.join(" or ", accepted));
        }
    }

    private static IllegalArgumentException missing(String name, String because) {
        return new IllegalArgumentException(name + " is missing: expected because of " + because);
    }

    private static List<URI> urls(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(url -> !url.isEmpty())
                .map(RegistrySettings::url)
                .toList();
    }

    private static URI url(String text) {
        URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("expected URLs like http://host:8081, separated by commas");
        }
        return url;
    }

    private static URI withoutUserInfo(URI url) {
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? url : URI.create(url.toString().replace(userInfo + "@", ""));
    }
}
