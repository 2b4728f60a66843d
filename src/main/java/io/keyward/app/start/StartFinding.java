package io.keyward.app.start;

import io.keyward.app.cluster.Finding;

/// Something that keeps the processor from a safe start.
record StartFinding(String sentence, String remedy) implements Finding {}
