package io.keyward.console.api;

import io.keyward.console.answer.KeyList;
import io.keyward.console.answer.KeyQuery;
import io.keyward.console.answer.Questions;
import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.WhatIf;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The parameters of a request, in the path and in the query. A wrong one is a [BadRequestException] that names it and
/// says what is expected.
public record Parameters(EndpointRequest request) {
    private static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;
    private static final int DATE_LENGTH = "2026-03-01".length();
    private static final String SCHEME = "https://";

    /// @throws BadRequestException if the query gives a parameter twice: only one of the values could be meant
    public Parameters {
        Set<String> given = new HashSet<>();
        for (String name : request.parameterNames()) {
            if (!given.add(name)) {
                throw new BadRequestException("The parameter '%s' is given twice; expected once.".formatted(name));
            }
        }
    }

    /// Checks that the query has no other parameters than these: one that is misspelt must not be ignored, or a list
    /// would show everything.
    public void accept(String... names) {
        List<String> accepted = List.of(names);
        for (String name : request.parameterNames()) {
            if (!accepted.contains(name)) {
                throw new BadRequestException("There is no parameter '%s' here; %s."
                        .formatted(
                                name,
                                accepted.isEmpty()
                                        ? "none is accepted"
                                        : "accepted are " + String.join(", ", accepted)));
            }
        }
    }

    /// The same question for a page of its list.
    Parameters page(Optional<String> after, int limit) {
        String filters = Arrays.stream(request.query().split("&"))
                .filter(pair -> !pair.startsWith("after="))
                .collect(Collectors.joining("&"));
        String place = after.map(cursor -> "&after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .orElse("");
        return new Parameters(request.withQuery(filters + "&limit=" + limit + place));
    }

    public Optional<String> text(String name) {
        Optional<String> value = request.parameter(name);
        if (value.filter(String::isBlank).isPresent()) {
            throw bad(name, "", "a text, or leave it out");
        }
        return value;
    }

    /// The name of a constant, in any case.
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

    /// What a search is for.
    public Set<SearchAnswer.Kind> kinds() {
        return constant("kind", SearchAnswer.Kind.class)
                .map(Set::of)
                .orElseGet(() -> EnumSet.allOf(SearchAnswer.Kind.class));
    }

    /// The environments that a list is about, whatever their keys.
    public EnvironmentQuery environments(ReplicaView view, Questions questions, int limit) {
        return new EnvironmentQuery(
                optionalTenant(view, questions),
                constant("state", EncryptionState.class),
                constant("status", PolicyStatus.class),
                constant("warning", WarningCode.class),
                Optional.empty(),
                text("q"),
                text("after"),
                limit);
    }

    /// The keys that a list is about.
    public KeyQuery keys(ReplicaView view, Questions questions, int limit) {
        return new KeyQuery(
                optionalTenant(view, questions),
                parse(
                        "vault",
                        "the host name of a vault",
                        host -> key(host, "any").vaultUri()),
                constant("standing", KeyList.Standing.class),
                text("after"),
                limit);
    }

    /// The tenant that a list is about.
    ///
    /// @throws NotFoundException if no event has named it, or the caller may not know it: nobody may take an
    ///     empty list for an answer
    public Optional<TenantId> optionalTenant(ReplicaView view, Questions questions) {
        Optional<TenantId> tenant =
                parse("tenant", "the id of a tenant", TenantId::new).map(this::allowed);
        tenant.flatMap(id -> questions.whyUnknown(view, id)).ifPresent(why -> {
            throw new NotFoundException(why);
        });
        return tenant;
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

    /// A key of the tenant that a list is about.
    public Optional<KeyId> keyOfTenant() {
        if (text("key").isPresent() && text("tenant").isEmpty()) {
            throw new BadRequestException("The parameter 'key' is of a tenant; expected 'tenant' beside it.");
        }
        return optionalKey();
    }

    /// The tenant that the path names.
    ///
    /// @throws NotFoundException if the caller may not know it
    public TenantId tenant() {
        return allowed(inPath("tenant", TenantId::new));
    }

    /// Does not look whether there is such a tenant, so nobody learns that from the answer.
    private TenantId allowed(TenantId tenant) {
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
            throw new BadRequestException("The path names no %s: %s".formatted(name, refused.getMessage()));
        }
    }

    private <T> Optional<T> parse(String name, String expected, Function<String, T> parser) {
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
