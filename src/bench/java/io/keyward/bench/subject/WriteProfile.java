package io.keyward.bench.subject;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The records that the product writes for the workload: for each topic, the number of records per event and
/// some samples.
public record WriteProfile(List<Flow> flows) {
    /// The name of the file in a job's folder.
    public static final String FILE = "write-profile";

    public WriteProfile {
        flows = List.copyOf(flows);
    }

    /// Sample records of one topic.
    ///
    /// @param topic the name of the product's topic
    /// @param perEvent the average number of records that the product writes to it per event
    public record Flow(String topic, double perEvent, List<Pair> samples) {
        public Flow {
            samples = List.copyOf(samples);
        }
    }

    /// Key and value of a record. A tombstone has an empty value here.
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Pair(byte[] key, byte[] value) {}

    public void write(Path file) {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(flows.size());
            for (Flow flow : flows) {
                out.writeUTF(flow.topic());
                out.writeDouble(flow.perEvent());
                out.writeInt(flow.samples().size());
                for (Pair pair : flow.samples()) {
                    write(out, pair.key());
                    write(out, pair.value());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static WriteProfile read(Path file) {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            List<Flow> flows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                flows.add(new Flow(in.readUTF(), in.readDouble(), pairs(in)));
            }
            return new WriteProfile(flows);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Pair> pairs(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Pair> pairs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair(bytes(in), bytes(in)));
        }
        return pairs;
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
