package io.keyward.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.keyward.console.replica.Answer;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Answers take field names from records of the console only: [CoreJson] declares those of other modules.
class CoreJsonTest {
    /// Written as a text, or as an event line.
    private static final Set<Class<?>> OTHER_FORMS =
            Set.of(TenantId.class, EnvironmentId.class, PolicyId.class, KeyVersion.class, Event.class);

    /// Components of declared types that no answer has.
    private static final Set<Class<?>> NOT_WRITTEN =
            Set.of(FlowInventory.class, FlowMigration.class, HostedMachineGroup.class, IncidentId.class);

    private static final Set<Type> REACHED = new HashSet<>();

    @BeforeAll
    static void walkAllAnswers() {
        List<Class<?>> answers = new ClassFileImporter()
                .importPackages("io.keyward.console").stream()
                        .map(JavaClass::reflect)
                        .<Class<?>>map(type -> type)
                        .filter(type -> type.isRecord() && Answer.class.isAssignableFrom(type))
                        .toList();
        assertThat(answers).hasSizeGreaterThan(10);
        answers.forEach(CoreJsonTest::walk);
    }

    @Test
    void everyRecordOfAnotherModuleHasStatedFields() {
        Set<String> unstated = new TreeSet<>();
        classes()
                .filter(type -> type.getName().startsWith("io.keyward.") && !isOfTheConsole(type))
                .filter(type -> !type.isEnum() && !OTHER_FORMS.contains(type) && !NOT_WRITTEN.contains(type))
                .filter(type -> !CoreJson.types().contains(type))
                .forEach(type -> unstated.add(type.getName()));
        assertThat(unstated).isEmpty();
    }

    @Test
    void noFieldsAreStatedForNothing() {
        assertThat(classes()).containsAll(CoreJson.types()).containsAll(NOT_WRITTEN);
    }

    private static Stream<Class<?>> classes() {
        return REACHED.stream().filter(Class.class::isInstance).map(type -> (Class<?>) type);
    }

    private static boolean isOfTheConsole(Class<?> type) {
        return type.getName().startsWith("io.keyward.console.");
    }

    private static void walk(Type type) {
        if (type instanceof TypeVariable<?> || !REACHED.add(type)) {
            return; // what stands for the variable is walked as an argument
        }
        if (type instanceof ParameterizedType generic) {
            walk(generic.getRawType());
            Stream.of(generic.getActualTypeArguments()).forEach(CoreJsonTest::walk);
        } else if (type instanceof Class<?> known && !OTHER_FORMS.contains(known) && !isATree(known)) {
            if (known.isSealed()) {
                Stream.of(known.getPermittedSubclasses()).forEach(CoreJsonTest::walk);
            }
            if (known.isRecord() && !NOT_WRITTEN.contains(known)) {
                Stream.of(known.getRecordComponents()).forEach(component -> walk(component.getGenericType()));
            }
        }
    }

    private static boolean isATree(Class<?> type) {
        return JsonNode.class.isAssignableFrom(type);
    }
}
