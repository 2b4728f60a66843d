package io.keyward.ops.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A collector that takes spans by OTLP over HTTP and keeps them. It reads Protocol Buffers by the numbers of the
/// fields in OTLP's `trace.proto`.
public final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ConcurrentLinkedQueue<Received> spans = new ConcurrentLinkedQueue<>();

    /// A span as it came.
    ///
    /// @param parent empty for the first one of a trace
    /// @param kind 4: producer, 5: consumer
    /// @param links as `trace/span`
    /// @param attributes numbers in digits
    public record Received(
            String service,
            String trace,
            String span,
            String parent,
            String name,
            long kind,
            List<String> links,
            Map<String, String> attributes) {
        /// As the header of W3C names it.
        public String asTraceparent() {
            return "00-" + trace + "-" + span + "-01";
        }
    }

    private OtlpReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /// Starts a receiver on a free port, and makes it the one that OpenTelemetry's SDK sends to.
    public static OtlpReceiver start() throws IOException {
        OtlpReceiver receiver =
                new OtlpReceiver(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
        System.setProperty(
                "otel.exporter.otlp.endpoint",
                "http://127.0.0.1:" + receiver.server.getAddress().getPort());
        return receiver;
    }

    /// What has come, in the order in which spans ended.
    public List<Received> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Message request = new Message(exchange.getRequestBody().readAllBytes());
            for (Message resource : request.messages(1)) {
                String service =
                        attributes(resource.messages(1).getFirst().messages(1)).get("service.name");
                for (Message scope : resource.messages(2)) {
                    scope.messages(2).forEach(span -> spans.add(span(service, span)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Received span(String service, Message span) {
        return new Received(
                service,
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                span.number(6),
                span.messages(13).stream()
                        .map(link -> link.hex(1) + "/" + link.hex(2))
                        .toList(),
                attributes(span.messages(9)));
    }

    private static Map<String, String> attributes(List<Message> pairs) {
        Map<String, String> attributes = new TreeMap<>();
        for (Message pair : pairs) {
            Message value = pair.messages(2).getFirst();
            attributes.put(pair.text(1), value.has(1) ? value.text(1) : Long.toString(value.number(3)));
        }
        return attributes;
    }

    /// A message of Protocol Buffers: the bytes, or the number, of each field.
    private static final class Message {
        private final Map<Integer, List<byte[]>> bytes = new TreeMap<>();
        private final Map<Integer, Long> numbers = new TreeMap<>();

        Message(byte[] encoded) {
            ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                long tag = varint(in);
                int field = (int) (tag >>> 3);
                switch ((int) tag & 7) {
                    case 0 -> numbers.put(field, varint(in));
                    case 1 -> numbers.put(field, in.getLong());
                    case 2 -> {
                        byte[] value = new byte[(int) varint(in)];
                        in.get(value);
                        bytes.computeIfAbsent(field, _ -> new ArrayList<>()).add(value);
                    }
                    case 5 -> numbers.put(field, (long) in.getInt());
                    default -> throw new IllegalArgumentException("no wire type of Protocol Buffers: " + tag);
                }
            }
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        boolean has(int field) {
            return bytes.containsKey(field);
        }

        List<Message> messages(int field) {
            return bytes.getOrDefault(field, List.of()).stream()
                    .map(Message::new)
                    .toList();
        }

        String text(int field) {
            return new String(first(field), StandardCharsets.UTF_8);
        }

        String hex(int field) {
            return HexFormat.of().formatHex(first(field));
        }

        long number(int field) {
            return numbers.getOrDefault(field, 0L);
        }

        private byte[] first(int field) {
            return bytes.getOrDefault(field, List.of(new byte[0])).getFirst();
        }
    }

    @Override
    public void close() {
        System.clearProperty("otel.exporter.otlp.endpoint");
        server.stop(0);
    }
}
