package io.keyward.sandbox.registry;

/// The registry refuses a request: an HTTP status, Confluent's error code and a message.
final class RegistryRefusedException extends RuntimeException {
    private final int status;
    private final int code;

    RegistryRefusedException(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static RegistryRefusedException unknownSubject(String subject) {
        return new RegistryRefusedException(404, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryRefusedException unknownVersion(int version) {
        return new RegistryRefusedException(404, 40402, "Version " + version + " not found.");
    }

    static RegistryRefusedException unknownSchema(String what) {
        return new RegistryRefusedException(404, 40403, "Schema " + what + " not found");
    }

    static RegistryRefusedException alreadyDeleted(String subject) {
        return new RegistryRefusedException(
                404, 40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
    }

    static RegistryRefusedException notYetDeleted(String subject) {
        return new RegistryRefusedException(
                404, 40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
    }

    static RegistryRefusedException versionAlreadyDeleted(SubjectVersion version) {
        return new RegistryRefusedException(
                404,
                40406,
                "Subject '" + version.subject() + "' Version " + version.version()
                        + " was soft deleted. Set permanent=true to delete permanently");
    }

    static RegistryRefusedException versionNotYetDeleted(SubjectVersion version) {
        return new RegistryRefusedException(
                404,
                40407,
                "Subject '" + version.subject() + "' Version " + version.version()
                        + " was not deleted first before being permanently deleted");
    }

    static RegistryRefusedException noLevel(String subject) {
        return new RegistryRefusedException(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryRefusedException noMode(String subject) {
        return new RegistryRefusedException(
                404, 40409, "Subject '" + subject + "' does not have subject-level mode configured");
    }

    static RegistryRefusedException incompatible(String subject, Iterable<String> details) {
        return new RegistryRefusedException(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: " + details);
    }

    static RegistryRefusedException invalidSchema(String why) {
        return new RegistryRefusedException(422, 42201, "Invalid schema: " + why);
    }

    static RegistryRefusedException invalidVersion(String version) {
        return new RegistryRefusedException(
                422,
                42202,
                "The specified version '" + version + "' is not a valid version id. Allowed values are between"
                        + " [1, 2^31-1] and the string \"latest\"");
    }

    static RegistryRefusedException invalidLevel(String accepted) {
        return new RegistryRefusedException(422, 42203, "Invalid compatibility level. Valid values are " + accepted);
    }

    static RegistryRefusedException invalidMode(String accepted) {
        return new RegistryRefusedException(422, 42204, "Invalid mode. Valid values are " + accepted);
    }

    static RegistryRefusedException notPermitted(String why) {
        return new RegistryRefusedException(422, 42205, why);
    }

    static RegistryRefusedException referenced(SubjectVersion version) {
        return new RegistryRefusedException(
                422,
                42206,
                "One or more references exist to the schema {subject=" + version.subject() + ",version="
                        + version.version() + "}.");
    }

    static RegistryRefusedException otherId(int id) {
        return new RegistryRefusedException(422, 42207, "Overwriting the schema with id " + id + " is not permitted.");
    }

    static RegistryRefusedException invalidSubject(String subject) {
        return new RegistryRefusedException(422, 42208, "The specified subject '" + subject + "' is not a valid.");
    }
}
