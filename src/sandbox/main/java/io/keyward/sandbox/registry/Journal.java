package io.keyward.sandbox.registry;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Stores changes in order. A change is stored before it takes effect. A change that was only partly written
/// when the process died is ignored.
record Journal(Path file, FileChannel channel) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Opens the file `schemas.jsonl` in the folder, one change per line, and replays its changes.
    static Journal in(Path folder, Consumer<Change> replay) {
        Path file = folder.resolve("schemas.jsonl");
        try {
            Files.createDirectories(folder);
            Journal journal = new Journal(file, FileChannel.open(file, CREATE, READ, WRITE));
            try {
                return journal.replayed(replay);
            } catch (IOException | RuntimeException unusable) {
                journal.close();
                throw unusable;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot use the schema registry's file " + file, failed);
        }
    }

    private Journal replayed(Consumer<Change> replay) throws IOException {
        lock();
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        List<String> lines = whole.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            replay.accept(change(lines.get(i), i + 1));
        }
        int end = whole.getBytes(StandardCharsets.UTF_8).length;
        channel.truncate(end).position(end);
        return this;
    }

    private void lock() throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw inUse(null);
            }
        } catch (OverlappingFileLockException thisProcess) {
            throw inUse(thisProcess);
        }
    }

    private IllegalStateException inUse(Throwable cause) {
        return new IllegalStateException(
                "another schema registry uses " + file + ": stop it, or choose another data folder", cause);
    }

    private Change change(String line, int number) {
        try {
            return JSON.readValue(line, Change.class);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException(
                    file + " line " + number + " is not a change of a schema registry: restore the file or remove it",
                    corrupt);
        }
    }

    void append(Change change) {
        try {
            ByteBuffer line =
                    StandardCharsets.UTF_8.encode(JSON.writerFor(Change.class).writeValueAsString(change) + "\n");
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the schema registry's file " + file, failed);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot close the schema registry's file " + file, failed);
        }
    }
}
