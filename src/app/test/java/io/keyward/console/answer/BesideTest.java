package io.keyward.console.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What stands beside other fields in JSON.
class BesideTest {
    @Test
    void everyNameIsAnAccessorOfTheComponent() {
        List<RecordComponent> all = new ClassFileImporter()
                .importPackages("io.keyward.console").stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .filter(component -> component.isAnnotationPresent(Beside.class))
                        .toList();
        assertThat(all)
                .hasSizeGreaterThan(3)
                .allSatisfy(component -> assertThat(
                                component.getAnnotation(Beside.class).value().split(", ", -1))
                        .isSubsetOf(accessors(component.getGenericType())));
    }

    private static List<String> accessors(Type type) {
        Class<?> of =
                (Class<?>) (type instanceof ParameterizedType optional ? optional.getActualTypeArguments()[0] : type);
        return Arrays.stream(of.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .map(method -> method.getName())
                .toList();
    }
}
