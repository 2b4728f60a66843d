package io.keyward.ops.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// The segments of a request's path, as sent and percent-decoded. The path is split before it is decoded.
record RawPath(List<String> raw, List<String> decoded) {
    /// @throws BadRequestException if a segment cannot be decoded, or could be taken for another path
    static RawPath of(String path) {
        List<String> raw = split(path);
        return new RawPath(raw, raw.stream().map(RawPath::decoded).toList());
    }

    static List<String> split(String path) {
        if (!path.startsWith("/")) {
            throw new BadRequestException("The path does not begin with a slash.");
        }
        return List.of(path.substring(1).split("/", -1));
    }

    private static String decoded(String segment) {
        String text = text(bytes(segment));
        if (text.equals(".") || text.equals("..")) {
            throw new BadRequestException("The path has a segment . or .., which is not resolved.");
        }
        if (text.chars().anyMatch(character -> character == '/' || character == '\\' || isControl(character))) {
            throw new BadRequestException("The path has an encoded slash, a backslash or a control character.");
        }
        return text;
    }

    private static byte[] bytes(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int at = 0; at < segment.length(); at++) {
            char character = segment.charAt(at);
            if (character > 0x7e) {
                throw new BadRequestException("The path has a character that is not percent-encoded.");
            }
            bytes.write(character == '%' ? octet(segment, at + 1) : character);
            at += character == '%' ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    private static int octet(String segment, int at) {
        try {
            return HexFormat.fromHexDigits(segment, at, at + 2);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new BadRequestException("The path has a percent sign without two hexadecimal digits.");
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new BadRequestException("The path is not UTF-8 once it is percent-decoded.");
        }
    }

    private static boolean isControl(int character) {
        return Character.getType(character) == Character.CONTROL;
    }
}
