package io.keyward.sandbox.registry;

/// A schema as a version of a subject. A soft-deleted version is kept until it is hard-deleted.
record SubjectVersion(String subject, int version, int id, Content content, boolean deleted) {
    SubjectVersion asDeleted() {
        return new SubjectVersion(subject, version, id, content, true);
    }
}
