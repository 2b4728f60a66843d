package io.keyward.testing;

import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// Apicurio Registry in a process of its own, as the Maven profile `interop` unpacks it; it keeps nothing.
public final class Apicurio implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target", "apicurio", "quarkus-run.jar");

    private final Process process;
    private final String url;

    private Apicurio(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /// Starts it, and returns when it answers; what it prints goes to a file in the folder.
    public static Apicurio start(Path folder) {
        int http = FreePorts.one();
        int management = FreePorts.one();
        Path log = folder.resolve("apicurio.log");
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=" + http,
                            "-Dquarkus.management.host=127.0.0.1",
                            "-Dquarkus.management.port=" + management,
                            "-jar",
                            PROGRAM.toAbsolutePath().toString()))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Apicurio apicurio = new Apicurio(process, "http://127.0.0.1:" + http + "/apis/ccompat/v7");
            apicurio.awaitAnswer(log);
            return apicurio;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What clients of Confluent's API take as `schema.registry.url`.
    public String url() {
        return url;
    }

    private void awaitAnswer(Path log) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest subjects =
                    HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> !process.isAlive()
                            || client.send(subjects, BodyHandlers.discarding()).statusCode() == 200);
        }
        if (!process.isAlive()) {
            throw new AssertionError("Apicurio Registry has ended: " + Files.readString(log));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
