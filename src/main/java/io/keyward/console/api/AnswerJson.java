package io.keyward.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.Answer;
import io.keyward.console.answer.Extent;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Writes answers as JSON: one field for each record component, in their order. Times are ISO-8601, empty values are
/// left out, and the fields of an [Extent] stand beside those of its answer.
final class AnswerJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AnswerJson() {}

    static ObjectNode write(Answer answer) {
        return object((Record) answer);
    }

    private static ObjectNode object(Record value) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object member = read(value, component);
            if (member instanceof Extent extent) {
                object.setAll(object(extent));
            } else if (!(member instanceof Optional<?> optional) || optional.isPresent()) {
                object.set(component.getName(), node(member));
            }
        }
        return object;
    }

    private static Object read(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Optional<?> optional -> node(optional.orElseThrow());
            case JsonNode written -> written;
            case String text -> JSON.textNode(text);
            case Instant time -> JSON.textNode(time.toString());
            case Enum<?> constant -> JSON.textNode(constant.name());
            case Boolean bool -> JSON.booleanNode(bool);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Collection<?> values -> array(values);
            case Map<?, ?> values -> map(values);
            case Record record -> object(record);
            default -> throw new IllegalArgumentException("No JSON for " + value.getClass());
        };
    }

    private static ArrayNode array(Collection<?> values) {
        ArrayNode array = JSON.arrayNode(values.size());
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    private static ObjectNode map(Map<?, ?> values) {
        ObjectNode object = JSON.objectNode();
        values.forEach((name, value) -> object.set(name.toString(), node(value)));
        return object;
    }
}
