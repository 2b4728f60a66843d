package io.keyward.sandbox;

import io.keyward.topology.contract.EventLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// The sandbox's sample events in the order of their story. `sample/README.md` in the same folder describes
/// them.
public final class SampleFeed {
    /// The files. Each contains the events of one tenant, and no file depends on another.
    static final List<String> FILES =
            List.of("1-contoso.jsonl", "2-fabrikam.jsonl", "3-tailspin.jsonl", "4-woodgrove.jsonl");

    private SampleFeed() {}

    /// Every event of every file, in order.
    public static List<EventLine> events() {
        return FILES.stream().flatMap(SampleFeed::lines).map(EventLine::parse).toList();
    }

    private static Stream<String> lines(String file) {
        String resource = "/sample/" + file;
        try (InputStream bytes = SampleFeed.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IllegalStateException("The build is incomplete: " + resource + " is not on the class path.");
            }
            return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)).lines().toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
