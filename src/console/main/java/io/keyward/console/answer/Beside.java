package io.keyward.console.answer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// In JSON, some fields of the component are written beside the other fields of the record; none if it is empty.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Beside {
    /// The names of the fields, as in `CoreJson`, in their order, separated by commas.
    String value();
}
