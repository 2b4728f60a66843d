package io.keyward.intake.eventgrid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Requests to the webhook of one tenant: good ones, and every kind of bad one that is made from good ones.
final class HostileRequests {
    private static final int LARGEST_BODY = ServedWebhooks.LARGEST_BODY;
    private static final Set<Integer> TAKEN = Set.of(200, 503);

    private static final Set<Integer> PART = Set.of(400, 408);

    /// Jetty 12.1 takes a body as whole that is cut off between the two bytes that end a chunk. It becomes a dead
    /// letter, and its sender, who has broken off, sends it again.
    private static final Set<Integer> PART_UNTIL_CR = Set.of(200, 400, 408, 503);

    /// What the server itself may answer to what is not HTTP. 505 is for other versions, 501 for other encodings.
    private static final Set<Integer> NOT_HTTP =
            Set.of(200, 400, 401, 403, 404, 405, 408, 413, 414, 415, 417, 421, 431, 501, 503, 505);

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "post", "POSTS", "PROPFIND");
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/cloudevents+json; charset=utf-8\r\n",
            "Content-Type: application/x-www-form-urlencoded\r\n",
            "Content-Type: ;;;\r\n",
            "Content-Encoding: gzip\r\n",
            "Origin: https://evil.example\r\n",
            "Sec-Fetch-Site: cross-site\r\n",
            "aeg-event-type: SubscriptionValidation\r\n",
            "X-Empty:\r\n",
            "Cookie: a=b; c\r\n",
            "X-Long: " + "x".repeat(2_000) + "\r\n");

    private final Random random;
    private final String tenant;
    private int sent;

    HostileRequests(Random random, String tenant) {
        this.random = random;
        this.tenant = tenant;
    }

    /// One request.
    ///
    /// @param allowed the statuses that may answer it
    /// @param body empty if the request has no readable one
    /// @param isWhole whether it is one whole request, so that an answer comes and another request may follow
    @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
    record Hostile(byte[] bytes, Set<Integer> allowed, byte[] body, boolean isWhole, boolean isHead) {
        boolean isDelivery() {
            return isWhole && allowed.equals(TAKEN);
        }

        @Override
        public String toString() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /// A request that must be taken unless the publisher fails.
    Hostile good() {
        return delivery(GridSamples.cloudEvent("e" + sent++).getBytes(StandardCharsets.UTF_8), TAKEN);
    }

    Hostile next() {
        int kind = random.nextInt(100);
        if (kind < 25) {
            return delivery(body(), TAKEN);
        } else if (kind < 55) {
            return delivery(mutated(body()), TAKEN);
        } else if (kind < 65) {
            return anonymous();
        } else if (kind < 73) {
            String method = oneOf(METHODS);
            return whole(method, path() + code(), "", mutated(body()), Set.of(405), method.equals("HEAD"));
        } else if (kind < 80) {
            return elsewhere();
        } else if (kind < 85) {
            return whole("OPTIONS", path() + code(), origin(), new byte[0], Set.of(200), false);
        } else if (kind < 88) {
            return delivery(new byte[LARGEST_BODY + 1 + random.nextInt(LARGEST_BODY)], Set.of(413));
        } else if (kind < 92) {
            return part(delivery(body(), TAKEN).bytes());
        }
        return notHttp(delivery(body(), TAKEN).bytes());
    }

    private Hostile delivery(byte[] body, Set<Integer> allowed) {
        return random.nextBoolean()
                ? whole("POST", path() + code(), "", body, allowed, false)
                : whole("POST", path(), bearer(ServedWebhooks.secret(tenant)), body, allowed, false);
    }

    private Hostile anonymous() {
        String wrong = mutatedText(ServedWebhooks.secret(tenant)) + "!";
        return switch (random.nextInt(4)) {
            case 0 -> whole("POST", path(), "", body(), Set.of(401), false);
            case 1 -> whole("POST", path(), bearer(wrong), body(), Set.of(401), false);
            case 2 -> whole("OPTIONS", path() + "?code=" + hex(wrong), origin(), new byte[0], Set.of(401), false);
            default ->
                whole("POST", "/intake/eventgrid/other" + code(), bearer(wrong), mutated(body()), Set.of(401), false);
        };
    }

    private Hostile elsewhere() {
        String path = switch (random.nextInt(6)) {
            case 0 -> path() + "/";
            case 1 -> "/intake/eventgrid/" + hex(randomText(1 + random.nextInt(250)));
            case 2 -> "/" + hex(mutatedText(path().substring(1)));
            case 3 -> path() + "/..";
            case 4 -> path() + "%" + random.nextInt(10);
            default -> "/" + "x/".repeat(random.nextInt(50));
        };
        return whole("POST", path + code() + "!", "", mutated(body()), Set.of(400, 401, 403, 404, 405, 421), false);
    }

    private static Hostile part(byte[] whole, int length) {
        byte[] bytes = new byte[length];
        System.arraycopy(whole, 0, bytes, 0, length);
        boolean endsWithCr = length > 0 && bytes[length - 1] == '\r';
        return new Hostile(bytes, endsWithCr ? PART_UNTIL_CR : PART, new byte[0], false, false);
    }

    /// Without the end of the last chunk, or more.
    private Hostile part(byte[] whole) {
        return part(whole, random.nextInt(whole.length - 5));
    }

    private Hostile notHttp(byte[] whole) {
        byte[] bytes = random.nextInt(4) == 0 ? randomBytes(random.nextInt(400)) : mutated(whole);
        return new Hostile(bytes, NOT_HTTP, new byte[0], false, false);
    }

    private Hostile whole(
            String method, String target, String headers, byte[] body, Set<Integer> allowed, boolean isHead) {
        boolean isChunked = random.nextInt(5) == 0;
        String more = (random.nextInt(3) == 0 ? oneOf(HEADERS) : "")
                + (random.nextInt(50) == 0 ? "Expect: 100-continue\r\n" : "")
                + (isChunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
        String head = method + " " + target + " HTTP/1.1\r\nHost: "
                + (random.nextBoolean() ? "localhost" : "hooks.example.com") + "\r\n" + headers + more + "\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(isChunked ? chunks(body) : body);
        return new Hostile(bytes.toByteArray(), allowed, body, true, isHead);
    }

    private byte[] chunks(byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int length = Math.min(body.length - at, 1 + random.nextInt(500));
            chunks.writeBytes((Integer.toHexString(length) + (random.nextInt(9) == 0 ? ";a=b" : "") + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            chunks.write(body, at, length);
            chunks.writeBytes(new byte[] {'\r', '\n'});
            at += length;
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return chunks.toByteArray();
    }

    private byte[] body() {
        String id = "e" + sent++;
        String body = switch (random.nextInt(8)) {
            case 0, 1, 2 -> GridSamples.cloudEvent(id);
            case 3, 4 -> GridSamples.batch(List.of(GridSamples.gridEvent(id)));
            case 5 -> GridSamples.batch(List.of(GridSamples.gridEvent(id), GridSamples.cloudEvent(id + "b")));
            case 6 -> GridSamples.validation(id);
            default -> "[".repeat(random.nextInt(2_000)) + "]".repeat(random.nextInt(2_000));
        };
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /// Changes, repeats, cuts or replaces bytes.
    private byte[] mutated(byte[] bytes) {
        if (bytes.length == 0 || random.nextInt(20) == 0) {
            return randomBytes(random.nextInt(LARGEST_BODY));
        }
        if (random.nextInt(4) == 0) {
            return part(bytes, random.nextInt(bytes.length)).bytes();
        }
        byte[] mutated = bytes.clone();
        for (int change = random.nextInt(8); change >= 0; change--) {
            int at = random.nextInt(mutated.length);
            int length = Math.min(random.nextInt(30), mutated.length - at);
            switch (random.nextInt(3)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] = (byte) "\"{}[],:\\0e- \n".charAt(random.nextInt(13));
                default -> System.arraycopy(bytes, random.nextInt(bytes.length - length), mutated, at, length);
            }
        }
        return mutated;
    }

    /// With another visible character somewhere.
    private String mutatedText(String text) {
        StringBuilder mutated = new StringBuilder(text);
        mutated.setCharAt(random.nextInt(text.length()), (char) (0x21 + random.nextInt(0x5e)));
        return mutated.toString();
    }

    private String randomText(int length) {
        List<Integer> points = new ArrayList<>();
        for (int at = 0; at < length; at++) {
            points.add(random.nextInt(0x3000));
        }
        return points.stream().map(Character::toString).reduce("", String::concat);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String path() {
        return "/intake/eventgrid/" + tenant;
    }

    private String code() {
        return "?code=" + hex(ServedWebhooks.secret(tenant));
    }

    private String origin() {
        return "WebHook-Request-Origin: " + (random.nextBoolean() ? ServedWebhooks.ORIGIN : "evil.example") + "\r\n";
    }

    private static String bearer(String secret) {
        return "Authorization: Bearer " + secret + "\r\n";
    }

    /// All bytes percent-encoded.
    private static String hex(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02x".formatted(next));
        }
        return encoded.toString();
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
