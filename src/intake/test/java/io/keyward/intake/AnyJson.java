package io.keyward.intake;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Random deliveries of a source: bytes, JSON, and samples of which something was changed.
public final class AnyJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectWriter ESCAPING = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    /// What parsers of fields may stumble over.
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "200",
            "1e999",
            "1e-999",
            "99999999999999999999999999",
            "\"\"",
            "\" \"",
            "\"200\"",
            "\"NaN\"",
            "\"1e999999999\"",
            "\"1e-999999999\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"/\"",
            "\"https://\"",
            "\"https:///\"",
            "\"https://v/keys/\"",
            "\"https://v/deletedkeys/k/v\"",
            "\"HTTPS://V./KEYS/K/V/\"",
            "\"https://v:99999999999/keys/k/v\"",
            "\"/providers/microsoft.keyvault/vaults/\"",
            "\"/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V/X\"",
            "\"+999999999-12-31T23:59:59.999999999-18:00\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"2026-03-01T10:00:00.1234567+00:00\"",
            "[]",
            "[{}]",
            "{}",
            "{\"Id\":1,\"id\":2}");

    private AnyJson() {}

    /// Random deliveries.
    ///
    /// @param samples files of [Samples]
    public static Arbitrary<byte[]> bodies(List<String> samples) {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                Arbitraries.strings()
                        .withChars("{}[]\",:01eE-+.ntf\\u \u00e9\ud83d")
                        .ofMaxLength(40)
                        .map(AnyJson::bytes),
                values(3).map(AnyJson::bytes),
                changed(samples).map(AnyJson::bytes),
                damaged(samples));
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> plain = Arbitraries.of(VALUES).map(AnyJson::json);
        if (depth == 0) {
            return plain;
        }
        Arbitrary<String> names = Arbitraries.of(
                "specversion",
                "eventType",
                "type",
                "id",
                "Id",
                "data",
                "records",
                "category",
                "properties",
                "time",
                "x");
        return Arbitraries.frequencyOf(
                Tuple.of(2, plain),
                Tuple.of(
                        3,
                        Arbitraries.maps(names, Arbitraries.lazy(() -> values(depth - 1)))
                                .ofMaxSize(6)
                                .map(AnyJson::object)),
                Tuple.of(
                        2,
                        Arbitraries.lazy(() -> values(depth - 1))
                                .list()
                                .ofMaxSize(3)
                                .map(AnyJson::array)));
    }

    /// One to three fields of a sample are removed, doubled in another case, or hold something else.
    private static Arbitrary<JsonNode> changed(List<String> samples) {
        Arbitrary<Integer> which = Arbitraries.integers().between(0, 1_000);
        Arbitrary<List<Change>> changes = Combinators.combine(which, Arbitraries.of(Change.How.values()), values(1))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(Arbitraries.of(samples), changes).as((sample, all) -> {
            JsonNode json = sample(sample);
            all.forEach(change -> change.apply(json));
            return json;
        });
    }

    private record Change(int field, How how, JsonNode value) {
        private enum How {
            REMOVE,
            DOUBLE,
            REPLACE
        }

        private void apply(JsonNode json) {
            List<Map.Entry<ObjectNode, String>> fields = fields(json);
            if (fields.isEmpty()) {
                return;
            }
            Map.Entry<ObjectNode, String> chosen = fields.get(field % fields.size());
            switch (how) {
                case REMOVE -> chosen.getKey().remove(chosen.getValue());
                case DOUBLE -> chosen.getKey().set(chosen.getValue() + " ", value);
                case REPLACE -> chosen.getKey().set(chosen.getValue(), value);
            }
        }

        private static List<Map.Entry<ObjectNode, String>> fields(JsonNode json) {
            List<Map.Entry<ObjectNode, String>> fields = new ArrayList<>();
            if (json instanceof ObjectNode object) {
                object.fieldNames().forEachRemaining(name -> fields.add(Map.entry(object, name)));
            }
            json.forEach(inner -> fields.addAll(fields(inner)));
            return fields;
        }
    }

    /// A part of a sample is missing, or a few of its bytes are others.
    private static Arbitrary<byte[]> damaged(List<String> samples) {
        return Combinators.combine(
                        Arbitraries.of(samples),
                        Arbitraries.integers().between(0, 2_000),
                        Arbitraries.integers().between(0, 2_000),
                        Arbitraries.bytes())
                .as((sample, from, length, other) -> {
                    byte[] bytes = Samples.read(sample);
                    int start = from % bytes.length;
                    if (length % 3 == 0) {
                        return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + length));
                    }
                    bytes[start] = other;
                    bytes[(start + length) % bytes.length] = other;
                    return bytes;
                });
    }

    /// Whether a delivery is an array without elements.
    public static boolean isEmptyArray(byte[] body) {
        return isEmptyArray(parsed(body));
    }

    /// Whether a delivery is an object, and this field of it is an array without elements.
    public static boolean holdsAnEmptyArray(byte[] body, String field) {
        return isEmptyArray(parsed(body).path(field));
    }

    private static boolean isEmptyArray(JsonNode json) {
        return json instanceof ArrayNode array && array.isEmpty();
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(body);
        } catch (IOException notJson) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /// Whether the part occurs in a delivery.
    public static boolean holds(byte[] body, byte[] part) {
        return new String(body, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static JsonNode sample(String file) {
        return json(new String(Samples.read(file), StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach(object::set);
        return object;
    }

    private static JsonNode array(List<JsonNode> elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    /// With lone surrogates, which a text in UTF-8 cannot have.
    private static byte[] bytes(JsonNode json) {
        try {
            return ESCAPING.writeValueAsBytes(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
