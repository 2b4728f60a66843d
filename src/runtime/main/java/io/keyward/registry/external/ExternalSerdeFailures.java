package io.keyward.registry.external;

import io.keyward.registry.client.RegistryHttp;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WrongSchemaException;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.AvroTypeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/// Translates the exceptions of Confluent's classes. It recognizes them by name and stack trace, because the
/// classes are not available at compile time.
final class ExternalSerdeFailures {
    private static final String REST_FAILURE = "RestClientException";
    private static final String CLIENT_PACKAGE = ".schemaregistry.client.";

    /// Part of an exception message: the class that the writer's schema names does not exist here.
    private static final String NO_CLASS = "Could not find class";

    private ExternalSerdeFailures() {}

    /// The exception that a reader throws for this failure.
    static RuntimeException ofReading(Throwable failure, SchemaId id) {
        if (isOutage(failure)) {
            return unavailable(failure);
        }
        if (restFailure(failure).isPresent()) {
            return new UnreadableException(
                    "the schema registry has no Avro schema for " + id + ": " + reason(failure), failure);
        }
        boolean wrong = causes(failure)
                .anyMatch(cause -> cause instanceof AvroTypeException
                        || String.valueOf(cause.getMessage()).contains(NO_CLASS));
        return wrong
                ? new WrongSchemaException(
                        "the value with " + id + " does not resolve to the expected schema: " + reason(failure),
                        failure)
                : new UnreadableException("not a valid datum of " + id + ": " + reason(failure), failure);
    }

    /// The exception that a writer throws for this failure.
    static RuntimeException ofWriting(RuntimeException failure) {
        if (isOutage(failure)) {
            return unavailable(failure);
        }
        OptionalInt code = restFailure(failure);
        return code.isPresent() ? new RegistryRefusalException(code.getAsInt(), reason(failure)) : failure;
    }

    /// The message of the innermost cause, or its `toString` if it has no message.
    static String reason(Throwable failure) {
        Throwable innermost = causes(failure).reduce(failure, (outer, cause) -> cause);
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }

    private static RegistryUnavailableException unavailable(Throwable failure) {
        return new RegistryUnavailableException(
                "the schema registry gives no usable answer: " + reason(failure), failure);
    }

    /// Whether the registry gave no answer, or no conclusive one.
    private static boolean isOutage(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof RetriableException
                        || cause instanceof AuthenticationException
                        || cause instanceof AuthorizationException
                        || (cause instanceof IOException && isOfClient(cause))
                        || (isRestFailure(cause) && !RegistryHttp.isDefinite(number(cause, "getStatus"))));
    }

    /// Whether the registry's client threw the exception. Avro throws exceptions of the same type; the stack trace
    /// distinguishes them.
    private static boolean isOfClient(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains(CLIENT_PACKAGE));
    }

    /// The registry's error code; empty if the failure is not an error response.
    private static OptionalInt restFailure(Throwable failure) {
        return causes(failure)
                .filter(ExternalSerdeFailures::isRestFailure)
                .mapToInt(cause -> number(cause, "getErrorCode"))
                .findFirst();
    }

    private static boolean isRestFailure(Throwable cause) {
        return cause.getClass().getSimpleName().equals(REST_FAILURE);
    }

    private static int number(Throwable failure, String method) {
        try {
            return (int) failure.getClass().getMethod(method).invoke(failure);
        } catch (ReflectiveOperationException | ClassCastException unlike) {
            throw new IllegalStateException(
                    failure.getClass().getName() + " is not of a supported version of Confluent's classes", unlike);
        }
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
