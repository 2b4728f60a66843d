package io.keyward.console.answer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// In JSON, some of what the component says stands beside the other fields; nothing if it is empty.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Beside {
    /// The names of the fields, as `CoreJson` states them, in their order, divided by commas.
    String value();
}
