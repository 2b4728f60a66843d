package io.keyward.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.keyward.console.answer.Beside;
import io.keyward.console.answer.DecisionInForce.OfComponent;
import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.replica.Answer;
import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.DueGroup;
import io.keyward.console.replica.Extent;
import io.keyward.console.replica.LockedKeys.LockedKey;
import io.keyward.console.whatif.JsonText;
import io.keyward.console.whatif.WhatIfAnswer;
import io.keyward.domain.DisableVerdict;
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
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Writes answers as JSON: one field for each record component, in their order. Records of the domain are written like
/// those of answers. Times are ISO-8601, empty values and times without a beginning are left out, ids are texts, and
/// events are event lines.
final class AnswerJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Their fields stand beside those of the record that has them.
    private static final Set<Class<?>> BESIDE = Set.of(
            Extent.class,
            DisableVerdict.class,
            Decision.class,
            ComponentProtection.class,
            Enforcement.class,
            Signal.class,
            DueGroup.class,
            DueDate.class,
            LockedKey.class,
            WhatIfAnswer.Effect.class,
            KeyId.class,
            KeyReference.class);

    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Member::of).toList();
        }
    };

    private AnswerJson() {}

    /// A component of a record.
    ///
    /// @param beside what of it stands beside other fields; empty for a field, and where all of it does
    private record Member(Method accessor, List<Method> beside) {
        static Member of(RecordComponent component) {
            Beside beside = component.getAnnotation(Beside.class);
            return new Member(
                    component.getAccessor(),
                    Stream.ofNullable(beside)
                            .flatMap(names -> Stream.of(names.value().split(", ", -1)))
                            .map(name -> method(component.getGenericType(), name))
                            .toList());
        }

        private static Method method(Type type, String name) {
            Type of = type instanceof ParameterizedType optional ? optional.getActualTypeArguments()[0] : type;
            try {
                return ((Class<?>) of).getMethod(name);
            } catch (NoSuchMethodException defect) {
                throw new IllegalStateException(defect);
            }
        }
    }

    /// The form of a [KeyReference].
    private record NamedKey(KeyId key, Optional<KeyVersion> keyVersion) {}

    static ObjectNode write(Answer answer) {
        return object((Record) answer);
    }

    private static ObjectNode object(Record given) {
        Record value = given instanceof KeyReference(KeyId key, Optional<KeyVersion> version)
                ? new NamedKey(key, version)
                : given;
        ObjectNode object = JSON.objectNode();
        for (Member of : MEMBERS.get(value.getClass())) {
            Object member = read(value, of.accessor());
            if (!of.beside().isEmpty()) {
                Optional<?> said = member instanceof Optional<?> optional ? optional : Optional.of(member);
                said.ifPresent(told -> of.beside().forEach(part -> set(object, part.getName(), read(told, part))));
            } else if (BESIDE.contains(member.getClass()) || member instanceof SearchAnswer.Thing) {
                object.setAll(object((Record) member));
            } else {
                set(object, of.accessor().getName(), member);
            }
        }
        if (value instanceof Decision decision) {
            object.set("components", node(OfComponent.list(decision.components())));
            object.remove("enforcement"); // stands behind the warnings, as in the schema
        }
        return object;
    }

    private static void set(ObjectNode object, String name, Object value) {
        if (!value.equals(Optional.empty()) && !value.equals(Instant.MIN)) {
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
