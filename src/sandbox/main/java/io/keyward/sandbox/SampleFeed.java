package io.keyward.sandbox;

import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.YamlResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The sandbox's sample events in the order of their story, which `sample/README.md` in the folder of the files
/// describes. Every time in them is moved by the same number of days.
///
/// @param events every event of every file, in order
public record SampleFeed(List<EventLine> events) {
    /// The files. Each contains the events of one tenant, and no file depends on another.
    static final List<String> FILES = List.of(
            "1-contoso.jsonl",
            "2-fabrikam.jsonl",
            "3-tailspin.jsonl",
            "4-woodgrove.jsonl",
            "5-northwind.jsonl",
            "6-litware.jsonl");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private static SampleFeed movedBy(long days) {
        Duration shift = Duration.ofDays(days);
        return new SampleFeed(FILES.stream()
                .flatMap(SampleFeed::lines)
                .map(line -> shifted(line, shift))
                .map(EventLine::parse)
                .toList());
    }

    /// The sample with the times that are written in its files.
    public static SampleFeed asWritten() {
        return movedBy(0);
    }

    /// The sample of a sandbox with this folder. In a new folder its last event lies within the day before `now`, and
    /// the folder keeps by how many days the times were moved: events that are sent again must be the same.
    ///
    /// @throws SandboxException if the folder cannot be used
    public static SampleFeed forFolder(SandboxFolder folder, Instant now) {
        Path file = folder.part("sample-days");
        try {
            if (Files.exists(file)) {
                return movedBy(Long.parseLong(Files.readString(file).strip()));
            }
            long days = Math.floorDiv(Duration.between(asWritten().end(), now).toSeconds(), 86_400);
            Files.writeString(file, days + System.lineSeparator());
            return movedBy(days);
        } catch (IOException | NumberFormatException failure) {
            throw new SandboxException(
                    "The sandbox cannot use %s (%s). It contains the number of days by which the sample is moved. Choose another folder with --data, or delete this one."
                            .formatted(file, failure),
                    failure);
        }
    }

    /// The time of the last event.
    Instant end() {
        return events.stream()
                .flatMap(event -> event.occurredAt().stream())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static String shifted(String line, Duration shift) {
        return TIME.matcher(line)
                .replaceAll(time -> Instant.parse(time.group()).plus(shift).toString());
    }

    private static Stream<String> lines(String file) {
        return YamlResource.text("/sample/" + file).lines();
    }
}
