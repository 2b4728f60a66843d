package io.keyward.avro.json;

import com.fasterxml.jackson.databind.JsonNode;

/// Thrown when JSON does not match a schema or the format of an event line. The message contains the path, what
/// was expected and what was found. It can be shown to the author of the JSON.
public final class JsonRefusedException extends RuntimeException {
    private static final int LONGEST_QUOTE = 80;

    public JsonRefusedException(String message) {
        super(message);
    }

    public JsonRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    public static JsonRefusedException unexpected(String where, String expected, JsonNode found) {
        return new JsonRefusedException(where + ": expected " + expected + ", was " + quote(found.toString()));
    }

    private static String quote(String found) {
        return found.length() <= LONGEST_QUOTE ? found : found.substring(0, LONGEST_QUOTE) + "…";
    }
}
