package io.keyward.ops.http;

import java.nio.charset.CharacterCodingException;
import java.util.List;

/// The segments of a request's path, as sent and percent-decoded. The path is split before it is decoded.
record RawPath(List<String> raw, List<String> decoded) {
    /// @throws BadRequestException if a segment cannot be decoded or is ambiguous
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
        String text = percentDecoded(segment);
        if (text.equals(".") || text.equals("..")) {
            throw new BadRequestException("The path has a segment . or .., which is not resolved.");
        }
        if (text.chars().anyMatch(character -> character == '/' || character == '\\' || isControl(character))) {
            throw new BadRequestException("The path has an encoded slash, a backslash or a control character.");
        }
        return text;
    }

    private static String percentDecoded(String segment) {
        if (segment.chars().anyMatch(character -> character > 0x7e)) {
            throw new BadRequestException("The path has a character that is not percent-encoded.");
        }
        try {
            return EndpointRequest.percentDecoded(segment.replace("+", "%2B"));
        } catch (IllegalArgumentException malformed) {
            throw new BadRequestException("The path has a percent sign without two hexadecimal digits.");
        } catch (CharacterCodingException malformed) {
            throw new BadRequestException("The path is not UTF-8 once it is percent-decoded.");
        }
    }

    private static boolean isControl(int character) {
        return Character.getType(character) == Character.CONTROL;
    }
}
