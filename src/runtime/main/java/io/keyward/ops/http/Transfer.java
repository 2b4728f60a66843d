package io.keyward.ops.http;

import io.keyward.domain.id.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// How the answer to a read goes over the network: with an `ETag`, not at all if the client has it, and compressed if
/// the client takes that.
final class Transfer {
    /// What is shorter fits into one packet anyhow.
    private static final int WORTHWHILE = 1_024;

    private static final int TAG_BYTES = 16;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private Transfer() {}

    static EndpointResponse of(EndpointRequest request, EndpointResponse reply) {
        if (reply.status() != 200 || !READING.contains(request.method())) {
            return reply;
        }
        String tag = "W/\"" + tag(reply.body()) + "\"";
        EndpointResponse tagged = reply.with("ETag", tag).with("Vary", "Accept-Encoding");
        if (lists(request, "if-none-match", tag)) {
            return new EndpointResponse(304, tagged.contentType(), new byte[0], tagged.headers());
        }
        return reply.body().length < WORTHWHILE || !lists(request, "accept-encoding", "gzip")
                ? tagged
                : new EndpointResponse(200, tagged.contentType(), compressed(reply.body()), tagged.headers())
                        .with("Content-Encoding", "gzip");
    }

    private static boolean lists(EndpointRequest request, String header, String value) {
        return Arrays.stream(request.header(header).orElse("").split(","))
                .map(String::strip)
                .filter(entry -> !entry.matches(".*;\\s*q=0(\\.0*)?"))
                .anyMatch(entry -> entry.replaceFirst(";.*", "").equals(value));
    }

    private static String tag(byte[] body) {
        return HexFormat.of().formatHex(Sha256.of(body), 0, TAG_BYTES);
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
