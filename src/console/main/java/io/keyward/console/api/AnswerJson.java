package io.keyward.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.keyward.console.answer.Beside;
import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Deadline;
import io.keyward.console.replica.DeadlineGroup;
import io.keyward.console.replica.LockedKeys.LockedKey;
import io.keyward.console.replica.Staleness;
import io.keyward.console.whatif.JsonText;
import io.keyward.console.whatif.WhatIfAnswer;
import io.keyward.domain.advice.DisableVerdict;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.EventLine;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Writes answers as JSON: one field for each component of a console record, in their order. [CoreJson] declares
/// the fields of other records. Times are ISO-8601, ids are strings, and events are event lines; empty values and
/// open beginnings of time ranges are left out.
final class AnswerJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Records whose fields are written beside those of the record that contains them.
    private static final Set<Class<?>> BESIDE = Set.of(
            Staleness.class,
            DisableVerdict.class,
            Decision.class,
            ComponentProtection.class,
            Enforcement.class,
            Signal.class,
            DeadlineGroup.class,
            Deadline.class,
            LockedKey.class,
            WhatIfAnswer.Effect.class,
            KeyId.class,
            KeyReference.class);

    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            if (!type.getName().startsWith("io.keyward.console.")) {
                throw new IllegalArgumentException("CoreJson states no JSON fields of " + type);
            }
            return Stream.of(type.getRecordComponents()).map(Member::of).toList();
        }
    };

    private AnswerJson() {}

    /// A component of a record.
    ///
    /// @param beside the fields of the component to write beside the other fields; empty if the component becomes
    ///     a field itself or is one of `BESIDE`
    private record Member(Method accessor, List<String> beside) {
        static Member of(RecordComponent component) {
            return new Member(
                    component.getAccessor(),
                    Stream.ofNullable(component.getAnnotation(Beside.class))
                            .flatMap(names -> Stream.of(names.value().split(", ", -1)))
                            .toList());
        }
    }

    static ObjectNode write(Answer answer) {
        return object((Record) answer);
    }

    private static ObjectNode object(Record value) {
        ObjectNode object = JSON.objectNode();
        if (CoreJson.types().contains(value.getClass())) {
            CoreJson.fields(value).forEach((name, member) -> set(object, name, member));
            return object;
        }
        for (Member of : MEMBERS.get(value.getClass())) {
            Object member = read(value, of.accessor());
            if (of.beside().isEmpty()) {
                set(object, of.accessor().getName(), member);
            } else {
                Optional<?> known = member instanceof Optional<?> optional ? optional : Optional.of(member);
                known.map(core -> CoreJson.fields((Record) core))
                        .ifPresent(fields -> of.beside().forEach(name -> set(object, name, fields.get(name))));
            }
        }
        return object;
    }

    private static void set(ObjectNode object, String name, Object value) {
        if (BESIDE.contains(value.getClass()) || value instanceof SearchAnswer.Thing) {
            object.setAll(object((Record) value));
        } else if (!value.equals(Optional.empty()) && !value.equals(Instant.MIN)) {
            object.set(name, node(value));
        }
    }

    private static Object read(Object value, Method accessor) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Optional<?> optional -> node(optional.orElseThrow());
            case JsonNode written -> written;
            case JsonText written -> JSON.rawValueNode(new RawValue(written.text()));
            case String _, Instant _, TenantId _, EnvironmentId _, PolicyId _, KeyVersion _ ->
                JSON.textNode(value.toString());
            case Event event -> EventLine.write(event, Answer.SOURCE);
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
