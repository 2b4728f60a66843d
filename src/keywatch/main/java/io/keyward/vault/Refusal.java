package io.keyward.vault;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
/// @param challenge whether it asks for a token as vaults do; a Managed HSM does so without an error code
/// @param code empty if the response is not from Key Vault but from an intermediary, or is such a challenge
/// @param innerCode empty for a Managed HSM, which has none
record Refusal(
        int status,
        boolean challenge,
        Optional<String> code,
        Optional<String> innerCode,
        Optional<Duration> retryAfter) {
    private static final String CHALLENGE = "Bearer authorization=";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    static Refusal of(HttpResponseException exception, Clock clock) {
        HttpResponse response = exception.getResponse();
        JsonNode error = exception.getValue() instanceof Map<?, ?> body
                ? JSON.valueToTree(body).path("error")
                : MissingNode.getInstance();
        JsonNode inner = error.path(error.path("innererror").isObject() ? "innererror" : "innerError");
        return new Refusal(
                response.getStatusCode(),
                String.valueOf(response.getHeaderValue(HttpHeaderName.WWW_AUTHENTICATE))
                        .startsWith(CHALLENGE),
                code(error),
                code(inner),
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
        return challenge || code.isPresent();
    }

    private static Optional<String> code(JsonNode error) {
        return Optional.ofNullable(error.path("code").textValue())
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
