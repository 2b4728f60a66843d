package io.keyward.registry.client;

/// The registry definitely refused a request, with its error code. The same request fails again unless
/// something changes.
public final class RegistryRefusalException extends RegistryException {
    public static final int SUBJECT_NOT_FOUND = 40401;
    public static final int VERSION_NOT_FOUND = 40402;
    public static final int SCHEMA_NOT_FOUND = 40403;
    public static final int INCOMPATIBLE_SCHEMA = 409;
    public static final int INVALID_SCHEMA = 42201;

    private final int code;

    public RegistryRefusalException(int code, String message) {
        super(message);
        this.code = code;
    }

    /// Confluent's error code: an HTTP status, or five digits that begin with one.
    public int code() {
        return code;
    }

    /// Whether the requested Avro schema can never be read, because it does not exist or is not Avro.
    public boolean deniesSchema() {
        return code == SCHEMA_NOT_FOUND || code == INVALID_SCHEMA;
    }
}
