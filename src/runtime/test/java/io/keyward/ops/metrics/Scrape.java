package io.keyward.ops.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A parsed scrape in Prometheus' text format.
public record Scrape(String text) {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+(?:\\{.*})?) (\\S+)");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\w+) (.*)");

    public static Scrape of(KeywardMetrics metrics) {
        return new Scrape(metrics.scrape("text/plain"));
    }

    public static Scrape of(ConsoleMetrics metrics) {
        return new Scrape(metrics.scrape("text/plain"));
    }

    public static Scrape of(IntakeMetrics metrics) {
        return new Scrape(metrics.scrape("text/plain"));
    }

    /// Scrapes an endpoint.
    public static Scrape of(URI endpoint) {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint.resolve("/metrics")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new Scrape(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// The values by series, each as `name{label="value",…}`.
    public Map<String, Double> samples() {
        Map<String, Double> samples = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw new AssertionError("No sample: " + line);
            }
            samples.put(sample.group(1), Double.parseDouble(sample.group(2)));
        });
        return samples;
    }

    /// The series whose names start with this prefix.
    public List<String> series(String prefix) {
        return samples().keySet().stream()
                .filter(series -> series.startsWith(prefix))
                .toList();
    }

    public Map<String, String> types() {
        return comments("TYPE");
    }

    public Map<String, String> helps() {
        return comments("HELP");
    }

    private Map<String, String> comments(String kind) {
        Map<String, String> comments = new TreeMap<>();
        text.lines()
                .map(COMMENT::matcher)
                .filter(Matcher::matches)
                .filter(comment -> comment.group(1).equals(kind))
                .forEach(comment -> comments.put(comment.group(2), comment.group(3)));
        return comments;
    }
}
