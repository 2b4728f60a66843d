package io.keyward.testing;

import io.keyward.config.KeywardConfig;
import io.keyward.ops.metrics.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `keyward run` in a process of its own, which can be killed, with the pages that it serves.
public final class ProcessorProgram implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("topology are at ([^\\s\"]+)");

    private final Program program;
    private final URI pages;
    private final HttpClient client = HttpClient.newHttpClient();

    private ProcessorProgram(Program program, URI pages) {
        this.program = program;
        this.pages = pages;
    }

    /// Returns once it has started, which is before it is ready.
    ///
    /// @param environment variables of its own
    public static ProcessorProgram start(
            Path folder, String name, KeywardConfig config, Map<String, String> environment) {
        try {
            Path file = Files.writeString(folder.resolve(name + ".properties"), config.describe());
            Program program = Program.startIn(environment, folder, name, "run", "--config", file);
            program.awaitErr("Started");
            Matcher address = ADDRESS.matcher(program.err());
            if (!address.find()) {
                throw new AssertionError(program.err());
            }
            return new ProcessorProgram(program, URI.create(address.group(1)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean isReady() {
        return get("/health/ready").statusCode() == 200;
    }

    public boolean isLive() {
        return get("/health/live").statusCode() == 200;
    }

    /// What the page about readiness says.
    public String readiness() {
        return get("/health/ready").body();
    }

    public Map<String, Double> metrics() {
        return new Scrape(get("/metrics").body()).samples();
    }

    public double metric(String name) {
        return metrics().get(name);
    }

    public long pid() {
        return program.pid();
    }

    public String err() {
        return program.err();
    }

    public void kill() {
        program.kill();
    }

    /// Lets it stop in order.
    public int stop() {
        return program.terminate().exitCode();
    }

    @Override
    public void close() {
        client.close();
        program.close();
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(pages.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
