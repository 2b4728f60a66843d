package io.keyward.sandbox.registry;

/// A schema as a version of a subject; a deleted one is kept until it is deleted for good.
record SubjectVersion(String subject, int version, int id, Content content, boolean deleted) {
    SubjectVersion asDeleted() {
        return new SubjectVersion(subject, version, id, content, true);
    }
}
