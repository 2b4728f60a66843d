package io.keyward.vault;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// An error response of a vault: the HTTP status and Azure's error codes. The exception's class is less
/// precise, since one status has several classes, and its message contains the whole response.
///
/// @param code empty if the response is not from Key Vault but from an intermediary
record Refusal(int status, Optional<String> code, Optional<String> innerCode, Optional<Duration> retryAfter) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    static Refusal of(HttpResponseException exception, Clock clock) {
        HttpResponse response = exception.getResponse();
        Optional<Map<?, ?>> error = member(Optional.ofNullable(exception.getValue()), "error");
        Optional<Map<?, ?>> inner = member(error, "innererror").or(() -> member(error, "innerError"));
        return new Refusal(
                response.getStatusCode(),
                text(error, "code"),
                text(inner, "code"),
                Optional.ofNullable(response.getHeaderValue(HttpHeaderName.RETRY_AFTER))
                        .flatMap(text -> wait(text, clock.instant())));
    }

    /// The codes for an operator to look up.
    String codes() {
        return status
                + code.map(c -> " " + c).orElse("")
                + innerCode.map(c -> ", " + c).orElse("");
    }

    boolean isWrittenByKeyVault() {
        return code.isPresent();
    }

    private static Optional<Map<?, ?>> member(Optional<?> object, String name) {
        return object.filter(Map.class::isInstance)
                .map(map -> ((Map<?, ?>) map).get(name))
                .filter(Map.class::isInstance)
                .map(map -> (Map<?, ?>) map);
    }

    private static Optional<String> text(Optional<Map<?, ?>> object, String name) {
        return object.map(map -> map.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(code -> CODE.matcher(code).matches());
    }

    private static Optional<Duration> wait(String header, Instant now) {
        return SECONDS.matcher(header).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
                : until(header, now);
    }

    private static Optional<Duration> until(String header, Instant now) {
        try {
            Instant time = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
            return Optional.of(Duration.between(now, time)).filter(wait -> !wait.isNegative());
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
