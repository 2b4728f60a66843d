package io.keyward.cli.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.cluster.CommandFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Queries a console over HTTP. The message of every failure says what to do about it.
///
/// @param url of the console, without a path
/// @param token that the console requires; empty for none
public record ConsoleClient(URI url, Optional<String> token, HttpClient http) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/v1/";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    /// Creates a client; sends no request yet.
    ///
    /// @param tokenFile the file with the token; empty for none
    /// @throws CommandFailedException if the file cannot be read
    public static ConsoleClient of(URI url, Optional<Path> tokenFile) {
        return new ConsoleClient(
                url,
                tokenFile.map(ConsoleClient::token),
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(Redirect.NEVER)
                        .connectTimeout(CONNECT_LIMIT)
                        .build());
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new CommandFailedException("The token file " + file + " cannot be read (" + failure + ").", failure);
        }
    }

    /// Returns the response to a GET request.
    ///
    /// @param parameters of the query
    /// @param segments of the path, after the path of the API
    /// @throws CommandFailedException if there is no response, or its status is not 200
    public JsonNode get(Map<String, String> parameters, String... segments) {
        return send("GET", BodyPublishers.noBody(), address(parameters, segments));
    }

    /// Returns the response to a POST of event lines.
    ///
    /// @throws CommandFailedException if there is no response, or its status is not 200
    public JsonNode post(String lines, String... segments) {
        return send("POST", BodyPublishers.ofString(lines), address(Map.of(), segments));
    }

    private URI address(Map<String, String> parameters, String... segments) {
        String path = Stream.of(segments).map(ConsoleClient::encoded).collect(Collectors.joining("/"));
        String query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        return URI.create(url + API + path + (query.isEmpty() ? "" : "?" + query));
    }

    private JsonNode send(String method, BodyPublisher body, URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, body)
                .timeout(ANSWER_LIMIT)
                .header("Accept", "application/json, application/problem+json");
        if (method.equals("POST")) {
            request.header("Content-Type", "application/x-ndjson");
        }
        token.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            return answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw unreachable(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted while waiting for the console at " + url + ".", interrupted);
        }
    }

    private JsonNode answer(HttpResponse<String> response) {
        JsonNode body = parsed(response);
        if (response.statusCode() == OK) {
            return body;
        }
        String detail = body.path("detail").asText("status " + response.statusCode());
        throw new CommandFailedException(
                response.statusCode() == UNAUTHORIZED
                        ? "The console at %s requires a token: name the file that holds it with --token-file, or in keyward.console.token.file."
                                .formatted(url)
                        : "The console at %s answered: %s".formatted(url, detail));
    }

    private JsonNode parsed(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException other) {
            throw new CommandFailedException(
                    "The server at %s is not a Keyward console (status %d, no JSON). Name another address with --url."
                            .formatted(url, response.statusCode()),
                    other);
        }
    }

    private CommandFailedException unreachable(IOException failure) {
        String why = switch (failure) {
            case SSLException _ ->
                "The connection to the console at %s cannot be secured (%s). Java must trust its certificate: set KEYWARD_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE."
                        .formatted(url, failure.getMessage());
            case ConnectException _ ->
                "No console answers at %s. Start one with bin/keyward console --config FILE, or with bin/keyward sandbox; or name another address with --url."
                        .formatted(url);
            case HttpTimeoutException _ ->
                "The console at %s did not answer within %d s.".formatted(url, ANSWER_LIMIT.toSeconds());
            default ->
                "The console at %s cannot be reached (%s). Check the address and the scheme.".formatted(url, failure);
        };
        return new CommandFailedException(why, failure);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
