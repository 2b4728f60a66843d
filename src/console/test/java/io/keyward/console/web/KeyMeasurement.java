package io.keyward.console.web;

import io.keyward.domain.event.Component;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Measures what the console takes to answer about a key that many environments use, all parts of all components
/// of which reported: half of the environments follow the last rotation, the others are late. Over HTTP, one
/// request at a time; all are asked as often before that, unmeasured. To be run by hand: a folder, how many
/// environments, how many parts each component has, and how often each question is asked.
final class KeyMeasurement {
    private static final String TENANT = "fourthcoffee";
    private static final String VAULT = "kv-fourthcoffee.vault.azure.net";
    private static final String PAGE = "/tenants/" + TENANT + "/keys/" + VAULT + "/roast";
    private static final List<String> QUESTIONS = List.of(
            PAGE,
            PAGE + "?ask=disable",
            PAGE + "?ask=disable&version=v1",
            "/api/v1" + PAGE,
            "/api/v1" + PAGE + "/disable",
            "/api/v1" + PAGE + "/disable?version=v1");

    /// The page of the key.
    static String page() {
        return PAGE;
    }

    /// The events of a tenant that uses the key.
    static List<String> lines(int environments, int parts) {
        KeyMeasurement measurement = new KeyMeasurement(parts);
        measurement.tenant(environments);
        return measurement.lines;
    }

    private final List<String> lines = new ArrayList<>();
    private final List<String> parts;

    private KeyMeasurement(int parts) {
        this.parts = IntStream.range(0, parts)
                .mapToObj(part -> parts == 1 ? "" : "storage-account-%04d".formatted(part))
                .toList();
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "key");
        KeyMeasurement measurement = new KeyMeasurement(Integer.parseInt(args[2]));
        measurement.tenant(Integer.parseInt(args[1]));
        try (ConsoleProgram console = ConsoleProgram.start(folder, 0, measurement.lines.toArray(String[]::new));
                HttpClient client = HttpClient.newHttpClient()) {
            int times = Integer.parseInt(args[3]);
            for (boolean measured : new boolean[] {false, true}) {
                for (String question : QUESTIONS) {
                    URI address = URI.create(console.uri().replaceAll("/$", "") + question);
                    String took = ask(client, HttpRequest.newBuilder(address).build(), times);
                    if (measured) {
                        System.out.println(question + ": " + took);
                    }
                }
            }
        }
    }

    private static String ask(HttpClient client, HttpRequest request, int times)
            throws IOException, InterruptedException {
        long[] nanos = new long[times];
        int length = 0;
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            nanos[i] = System.nanoTime() - start;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            length = answer.body().length();
        }
        Arrays.sort(nanos);
        return "p50 %.0f ms, p99 %.0f ms; %,d characters"
                .formatted(nanos[times / 2] / 1e6, nanos[times * 99 / 100] / 1e6, length);
    }

    private void tenant(int environments) {
        event(
                "tenant-limit-changed",
                "limit",
                "2026-05-01T06:00:00Z",
                "\"environmentLimit\":%d".formatted(environments));
        rotated("2026-06-01T06:00:00Z", "v1");
        List<String> all = IntStream.range(0, environments)
                .mapToObj("store-%06d"::formatted)
                .toList();
        for (String environment : all) {
            event("environment-changed", "s-" + environment, "2026-07-01T08:00:00Z", """
                    "environmentId":"%s","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE",\
                    "cloudFlows":{"count":0},"desktopFlows":{"count":0}""".formatted(environment));
            event("policy-applied", "p-" + environment, "2026-07-01T09:00:00Z", """
                    "environmentId":"%s","policyId":"cmk-roast","key":{"vaultUri":"https://%s","keyName":"roast"}""".formatted(environment, VAULT));
            reports(environment, "2026-07-02T09:00:00Z", "v1");
        }
        rotated("2026-08-01T06:00:00Z", "v2");
        for (String environment : all.subList(0, environments / 2)) {
            reports(environment, "2026-08-01T12:00:00Z", "v2");
        }
    }

    private void rotated(String at, String version) {
        event("key-rotated", "rotated-" + version, at, """
                "vaultUri":"https://%s","keyName":"roast","newVersion":"%s\"""".formatted(VAULT, version));
    }

    private void reports(String environment, String at, String version) {
        String named = parts.stream().map(part -> "\"" + part + "\"").collect(Collectors.joining(","));
        for (Component component : Component.values()) {
            String key = switch (component) {
                case NON_OAUTH_CONNECTIONS, HOSTED_MACHINES -> "";
                default ->
                    "\"key\":{\"vaultUri\":\"https://%s\",\"keyName\":\"roast\",\"keyVersion\":\"%s\"},"
                            .formatted(VAULT, version);
            };
            for (String part : parts) {
                event("enforcement-reported", "r%d".formatted(lines.size()), at, """
                        "environmentId":"%s","component":"%s","part":"%s","parts":[%s],"phase":"SUCCEEDED",\
                        "complete":true,"items":[{%s"count":100}]""".formatted(
                                environment, component, part, parts.size() == 1 ? "" : named, key));
            }
        }
    }

    private void event(String topic, String id, String at, String fields) {
        lines.add("""
                {"topic":"%s","value":{"eventId":"%s","tenantId":"%s","occurredAt":"%s",%s}}""".formatted(topic, id, TENANT, at, fields));
    }
}
