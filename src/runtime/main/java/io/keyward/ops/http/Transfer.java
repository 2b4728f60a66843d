package io.keyward.ops.http;

import io.keyward.domain.id.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// Prepares the response to a read for the network: adds an `ETag`, replies 304 if the client has the content
/// already, and compresses it if the client accepts that.
final class Transfer {
    /// Shorter responses fit into one packet anyway.
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
