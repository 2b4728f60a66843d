package io.keyward.console.api;

import io.keyward.console.answer.Questions;
import io.keyward.console.whatif.WhatIf;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The path and query parameters of a request. An invalid one causes a [BadRequestException] that names it and
/// says what is expected.
class Parameters {
    private static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;
    private static final int DATE_LENGTH = "2026-03-01".length();
    private static final String SCHEME = "https://";

    private final EndpointRequest request;

    /// @throws BadRequestException if the query has a parameter more than once, because it is ambiguous which
    ///     value is meant
    Parameters(EndpointRequest request) {
        this.request = request;
        Set<String> given = new HashSet<>();
        for (String name : request.parameterNames()) {
            if (!given.add(name)) {
                throw new BadRequestException("The parameter '%s' is given twice; expected once.".formatted(name));
            }
        }
    }

    public EndpointRequest request() {
        return request;
    }

    /// Checks that the query has no other parameters than these. A misspelled filter must not be ignored, or the
    /// list would show everything.
    ///
    /// @param accepted their names, separated by commas; may be empty
    void accept(String accepted) {
        List<String> names = List.of(accepted.split(", ", -1));
        for (String name : request.parameterNames()) {
            if (!names.contains(name)) {
                throw new BadRequestException("Unknown parameter '%s'; %s."
                        .formatted(
                                name,
                                accepted.isEmpty() ? "this path has no parameters" : "must be one of " + accepted));
            }
        }
    }

    public Optional<String> text(String name) {
        Optional<String> value = request.parameter(name);
        if (value.filter(String::isBlank).isPresent()) {
            throw bad(name, "", "a text, or leave it out");
        }
        return value;
    }

    /// The name of an enum constant, ignoring case.
    public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return text(name)
                .map(value -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equalsIgnoreCase(value))
                        .findFirst()
                        .orElseThrow(() -> bad(
                                name,
                                value,
                                "one of "
                                        + Arrays.stream(type.getEnumConstants())
                                                .map(Enum::name)
                                                .collect(Collectors.joining(", ")))));
    }

    public int limit() {
        return parse("limit", "a number from 1 to " + MAX_LIMIT, Parameters::parseLimit)
                .orElse(DEFAULT_LIMIT);
    }

    private static int parseLimit(String value) {
        int limit = Integer.parseInt(value);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("out of bounds");
        }
        return limit;
    }

    public Optional<Instant> time(String name) {
        return parse(name, "a time such as 2026-03-01T10:00:00Z, or a date", Parameters::parseTime);
    }

    private static Instant parseTime(String value) {
        Instant time = value.length() == DATE_LENGTH
                ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(value);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Questions.END_OF_TIME)) {
            throw new IllegalArgumentException("out of bounds");
        }
        return time;
    }

    Optional<String> vault() {
        return parse(
                "vault", "the host name of a vault", host -> key(host, "any").vaultUri());
    }

    public Optional<EnvironmentId> optionalEnvironment(String name) {
        return parse(name, "the id of an environment", EnvironmentId::new);
    }

    public Optional<KeyVersion> optionalVersion() {
        return parse(
                "version",
                "the version of a key: up to 127 letters, digits and hyphens",
                value -> KeyVersion.parse("version", value));
    }

    public Optional<KeyId> optionalKey() {
        return parse("key", "VAULTHOST/KEYNAME, such as contoso.vault.azure.net/cmk", value -> {
            String[] parts = value.split("/", 2);
            return key(parts[0], parts[1]);
        });
    }

    /// A key of the tenant in the parameter `tenant`.
    public Optional<KeyId> keyOfTenant() {
        if (text("key").isPresent() && text("tenant").isEmpty()) {
            throw new BadRequestException("The parameter 'key' requires the parameter 'tenant'.");
        }
        return optionalKey();
    }

    /// The tenant in the path.
    ///
    /// @throws NotFoundException if the caller may not see it
    public TenantId tenant() {
        return allowed(inPath("tenant", TenantId::new));
    }

    /// Does not check whether the tenant exists, so the response reveals nothing about other tenants.
    TenantId allowed(TenantId tenant) {
        if (!request.caller().mayKnow(tenant)) {
            throw new NotFoundException(WhatIf.notForTheCaller(tenant));
        }
        return tenant;
    }

    public EnvironmentId environment() {
        return inPath("environment", EnvironmentId::new);
    }

    public KeyId key() {
        return inPath("key", name -> key(request.variable("vault"), name));
    }

    private static KeyId key(String vault, String name) {
        return KeyId.parse("", SCHEME + vault, name);
    }

    private <T> T inPath(String name, Function<String, T> parser) {
        try {
            return parser.apply(request.variable(name));
        } catch (RefusedException refused) {
            throw new BadRequestException("Invalid %s in the path: %s".formatted(name, refused.getMessage()));
        }
    }

    <T> Optional<T> parse(String name, String expected, Function<String, T> parser) {
        return text(name).map(value -> {
            try {
                return parser.apply(value);
            } catch (RuntimeException unreadable) {
                throw bad(name, value, expected);
            }
        });
    }

    private static BadRequestException bad(String name, String value, String expected) {
        return new BadRequestException(
                "The parameter '%s' cannot be '%s'; expected %s.".formatted(name, value, expected));
    }
}
