package io.keyward.cli.records;

import io.keyward.avro.json.JsonRefusedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/// Files of JSON lines, read in order; a refused line does not stop the rest. `-` is standard input. Blank lines
/// are skipped.
///
/// @param parser of one line; throws a [JsonRefusedException] for a line that it refuses
/// @param <T> what a line holds
public record LineFiles<T>(List<String> names, Input standardInput, Function<String, T> parser) {
    private static final String STANDARD_INPUT = "-";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /// The source of standard input.
    @FunctionalInterface
    public interface Input {
        InputStream open() throws IOException;
    }

    /// Prints each file that cannot be read; returns false if all can be read.
    public boolean reportProblems(PrintStream err) {
        List<String> problems = new ArrayList<>();
        names.forEach(name -> problem(name).ifPresent(problems::add));
        if (Collections.frequency(names, STANDARD_INPUT) > 1) {
            problems.add("Standard input (-) can be read only once.");
        }
        problems.forEach(problem -> err.println("keyward: " + problem));
        return !problems.isEmpty();
    }

    /// Reads every line of every file.
    ///
    /// @param accepted receives each line that can be parsed, and its parsed form
    /// @param refused receives each other line, and what is wrong with it, as a message for its author
    /// @throws UncheckedIOException if a file cannot be read to its end; the message names it
    public void read(BiConsumer<SourceLine, T> accepted, BiConsumer<SourceLine, String> refused) {
        read(accepted, refused, () -> false);
    }

    /// Reads lines until the end, or until it is stopped.
    ///
    /// @throws UncheckedIOException if a file cannot be read; the message names it
    public void read(
            BiConsumer<SourceLine, T> accepted, BiConsumer<SourceLine, String> refused, BooleanSupplier stopped) {
        for (String name : names) {
            String shown = isStandardInput(name) ? "(standard input)" : name;
            try (InputStream bytes = new BufferedInputStream(open(name))) {
                int number = 0;
                for (byte[] read = nextLine(bytes);
                        read.length > 0 && !stopped.getAsBoolean();
                        read = nextLine(bytes)) {
                    SourceLine line = new SourceLine(shown, ++number, new String(read, StandardCharsets.UTF_8));
                    if (!line.text().isBlank()) {
                        parse(line, read, accepted, refused);
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(shown + " cannot be read: " + failure.getMessage(), failure);
            }
        }
    }

    /// Returns the number of lines; empty if a file cannot be read twice.
    ///
    /// @throws UncheckedIOException if a file cannot be read
    public OptionalLong countLines() {
        long lines = 0;
        for (String name : names) {
            if (isStandardInput(name) || !Files.isRegularFile(Path.of(name))) {
                return OptionalLong.empty();
            }
            try (Stream<String> read = Files.lines(Path.of(name), StandardCharsets.ISO_8859_1)) {
                lines += read.count();
            } catch (IOException failure) {
                throw new UncheckedIOException(name + " cannot be read: " + failure.getMessage(), failure);
            }
        }
        return OptionalLong.of(lines);
    }

    private InputStream open(String name) throws IOException {
        return isStandardInput(name) ? standardInput.open() : Files.newInputStream(Path.of(name));
    }

    private void parse(
            SourceLine line, byte[] bytes, BiConsumer<SourceLine, T> accepted, BiConsumer<SourceLine, String> refused) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean marked = line.number() == 1 && text.startsWith(BYTE_ORDER_MARK);
            accepted.accept(line, parser.apply(marked ? text.substring(BYTE_ORDER_MARK.length()) : text));
        } catch (CharacterCodingException notUtf8) {
            refused.accept(line, "not UTF-8; save the file as UTF-8");
        } catch (JsonRefusedException refusal) {
            refused.accept(line, refusal.getMessage());
        }
    }

    /// Returns the next line with its line feed; empty at the end.
    private static byte[] nextLine(InputStream bytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = bytes.read(); octet >= 0; octet = bytes.read()) {
            line.write(octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private static boolean isStandardInput(String name) {
        return name.equals(STANDARD_INPUT);
    }

    private static Optional<String> problem(String name) {
        if (isStandardInput(name)) {
            return Optional.empty();
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return Optional.of(name + " is a folder; name the files in it.");
        }
        return Files.isReadable(path)
                ? Optional.empty()
                : Optional.of(name
                        + (Files.exists(path)
                                ? " cannot be read by this user: permission denied."
                                : " does not exist."));
    }
}
