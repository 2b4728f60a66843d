package io.keyward.app;

/// Something that keeps the processor from a safe start.
record StartFinding(String sentence, String remedy) implements Finding {}
